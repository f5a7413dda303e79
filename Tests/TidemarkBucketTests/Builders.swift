import StrictJSON
import Tidemark
import TidemarkKinds
import TidemarkTestSupport

@testable import TidemarkBucket

extension EnvironmentName {
    static let production = "antenna-production"
}

extension FacetID {
    static func of(_ identity: String) -> FacetID {
        FacetID(ResourceID(.rdsDBInstance, identity), Snapshot.description)
    }
}

extension EnvironmentObservation {
    static func of(
        _ facets: [FacetID: JSON?] = [.of("antenna-postgres"): ["Engine": "postgres"]], id: String = "e-abc",
        fingerprints: [Fingerprint] = [], keyID: String? = nil
    ) -> EnvironmentObservation {
        EnvironmentObservation(
            started: Stack.start, finished: Stack.start,
            binding: EnvironmentBinding(
                partition: "aws", account: "123456789012", region: "us-west-2", ebEnvironment: "antenna-prod",
                ebEnvironmentID: id),
            caller: "arn:aws:iam::123456789012:user/release-bot", facets: facets,
            coverage: Coverage(
                questions: [Question(service: "rds", operation: "DescribeDBInstances", parameters: [:])], gaps: []),
            fingerprints: fingerprints, keyID: keyID)
    }
}

/// A chain that is made of observations, entry by entry.
struct ChainBuilder {
    let environment: EnvironmentName
    private(set) var copy: ChainCopy
    private(set) var entries: [ExportedEntry] = []

    init(_ name: String = EnvironmentName.production) throws {
        environment = try EnvironmentName(name)
        copy = ChainCopy(of: environment, images: KindRegistry.all.images)
    }

    /// Appends a snapshot, and before it a binding if there is none.
    mutating func append(_ observation: EnvironmentObservation, release: Release? = nil) throws {
        let head = try copy.head
        let recording = Recording(
            environment: environment, observation: observation, release: release, after: head?.snapshot,
            attempt: .fixed, newLog: .fixed)
        let proposal = Proposal(
            recording, over: head, images: KindRegistry.all.images, time: (Stack.start, .aws))
        for entry in proposal.exported(over: head) { try append(entry) }
    }

    mutating func append(_ entry: ExportedEntry) throws {
        try copy.append(entry)
        entries.append(entry)
    }
}
