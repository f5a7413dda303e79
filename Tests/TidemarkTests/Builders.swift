import StrictJSON
import Testing

@testable import Tidemark

/// The documented stack, small enough to be read beside a test.
enum Stack {
    /// What AWS answered about a resource.
    static func answer(_ value: JSON, about identity: String = "antenna-prod") -> Answer {
        Answer(
            value, identity: identity,
            place: AccountRegion(partition: "aws", account: "123456789012", region: "us-west-2"))
    }

    static let environment = ResourceID(.elasticBeanstalkEnvironment, "antenna-prod")
    static let database = ResourceID(.rdsDBInstance, "antenna-postgres")
    static let group = ResourceID(.ec2SecurityGroup, "sg-0a")
    static let start = Timestamp(millisecondsSince1970: 1_795_466_443_123)  // 2026-11-23T20:40:43.123Z

    static let databaseContent: JSON = [
        "DBInstanceIdentifier": "antenna-postgres", "Engine": "postgres", "EngineVersion": "16.10", "MultiAZ": false,
        "AllocatedStorage": 20, "Endpoint": ["Address": "db.example", "Port": 5432],
        "VpcSecurityGroups": [["VpcSecurityGroupId": "sg-0b", "Status": "active"]],
        "DBSubnetGroup": ["DBSubnetGroupName": "public", "VpcId": "vpc-0a"],
        "DBParameterGroups": [["DBParameterGroupName": "default.postgres16", "ParameterApplyStatus": "in-sync"]],
    ]

    static func group(_ id: String, _ name: String, _ members: JSONObject = [:]) -> (FacetID, JSON) {
        var content: JSONObject = ["GroupId": .string(id), "GroupName": .string(name), "OwnerId": "123456789012"]
        for (key, value) in members.members { content[key] = value }
        return (ResourceID(.ec2SecurityGroup, id).described, .object(content))
    }

    static func option(_ namespace: String, _ name: String, _ value: JSON) -> JSON {
        ["Namespace": .string(namespace), "OptionName": .string(name), "Value": value]
    }

    static func property(_ name: String, _ value: JSON) -> JSON {
        option("aws:elasticbeanstalk:application:environment", name, value)
    }
}

extension KindDefinition {
    /// The resources of a kind to which the answer to a question leads.
    func identities(of kind: Kind, beyond question: String, _ answer: Answer) throws -> [String] {
        let leads = try #require(self.question(question)?.leads.filter { $0.destination == .kind(kind) })
        return leads.flatMap { $0.find(answer) ?? [] }.compactMap { $0["identity"]?.string }
    }
}

extension ResourceID {
    var described: FacetID { FacetID(self, Snapshot.description) }
    var reach: FacetID { FacetID(self, Snapshot.reach) }
}

extension QuestionDefinition {
    /// The identities, or the marks, by which an answer leads to resources of a kind.
    func leads(to kind: Kind, _ answer: Answer) -> [String] {
        leads.filter { $0.destination == .kind(kind) || $0.destination == .marked(kind) }
            .flatMap { $0.find(answer) ?? [] }.compactMap { $0["identity"]?.string }
    }
}

extension Gap {
    /// A denied question over some facets, and before some kinds.
    static func denied(_ service: String, _ operation: String, facets: Set<FacetID> = [], kinds: Set<Kind> = []) -> Gap
    {
        Gap(
            question: Question(service: service, operation: operation, parameters: [:]), outcome: .denied,
            code: "AccessDenied", message: "not allowed", facets: facets, kinds: kinds)
    }
}

extension EnvironmentObservation {
    static func of(
        _ facets: [FacetID: JSON?], gaps: [Gap] = [], fingerprints: [Fingerprint] = [], keyID: String? = nil,
        readings: [Reading] = [], finished: Timestamp = Stack.start, unsettled: [String] = []
    ) -> EnvironmentObservation {
        EnvironmentObservation(
            started: Stack.start, finished: finished,
            binding: EnvironmentBinding(
                partition: "aws", account: "123456789012", region: "us-west-2", ebEnvironment: "antenna-prod",
                ebEnvironmentID: "e-abc"),
            caller: "arn:aws:iam::123456789012:user/release-bot", facets: facets,
            coverage: Coverage(questions: [], gaps: gaps), readings: readings, fingerprints: fingerprints, keyID: keyID,
            decoders: KindRegistry.all.decoders(), unsettled: unsettled)
    }
}

extension SnapshotView {
    static func of(
        _ facets: [FacetID: JSON], gaps: [Gap] = [], finished: Timestamp = Stack.start, seq: Seq = Seq(rawValue: 1),
        kinds: KindRegistry = .all, decoders: [Kind: String]? = nil, readings: [Reading] = [],
        fingerprints: [Fingerprint.Location: Fingerprint.Value] = [:], keyID: String? = nil
    ) throws -> SnapshotView {
        let stored = facets.mapValues { StoredFacet(content: $0, hash: ContentHash(of: $0), since: seq) }
        var observation = EnvironmentObservation.of(
            [:], gaps: gaps, keyID: keyID, readings: readings, finished: finished)
        observation.decoders = decoders ?? kinds.decoders()
        return SnapshotView(
            Snapshot(
                environment: try EnvironmentName("antenna-production"), seq: seq, at: finished,
                actor: observation.caller,
                facets: stored, fingerprints: fingerprints,
                body: SnapshotBody(
                    observation: observation, changes: [], fingerprints: [],
                    root: Root.hash(of: stored.mapValues(\.hash)),
                    release: nil)), kinds: kinds)
    }

    /// The value of an attribute, `nil` where it is absent or unseen.
    func seen(_ path: String, of resource: ResourceID) -> JSON? {
        guard let path = AttributePath(path), case .seen(let value) = value(of: path, of: resource) else { return nil }
        return value
    }

    func isUnseen(_ path: String, of resource: ResourceID) -> Bool {
        guard let path = AttributePath(path), case .unseen = value(of: path, of: resource) else { return false }
        return true
    }
}
