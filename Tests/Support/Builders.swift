import StrictJSON
import Tidemark
import TidemarkKinds

/// The documented stack, small enough to be read beside a test.
package enum Stack {
    /// What AWS answered about a resource.
    package static func answer(_ value: JSON, about identity: String = "antenna-prod") -> Answer {
        Answer(
            value, identity: identity,
            place: AccountRegion(partition: "aws", account: "123456789012", region: "us-west-2"))
    }

    package static let environment = ResourceID(.elasticBeanstalkEnvironment, "antenna-prod")
    package static let database = ResourceID(.rdsDBInstance, "antenna-postgres")
    package static let group = ResourceID(.ec2SecurityGroup, "sg-0a")
    package static let start = Timestamp(millisecondsSince1970: 1_795_466_443_123)  // 2026-11-23T20:40:43.123Z

    package static let databaseContent: JSON = [
        "DBInstanceIdentifier": "antenna-postgres", "Engine": "postgres", "EngineVersion": "16.10", "MultiAZ": false,
        "AllocatedStorage": 20, "Endpoint": ["Address": "db.example", "Port": 5432],
        "VpcSecurityGroups": [["VpcSecurityGroupId": "sg-0b", "Status": "active"]],
        "DBSubnetGroup": ["DBSubnetGroupName": "public", "VpcId": "vpc-0a"],
        "DBParameterGroups": [["DBParameterGroupName": "default.postgres16", "ParameterApplyStatus": "in-sync"]],
    ]

    package static func group(_ id: String, _ name: String, _ members: JSONObject = [:]) -> (FacetID, JSON) {
        var content: JSONObject = ["GroupId": .string(id), "GroupName": .string(name), "OwnerId": "123456789012"]
        for (key, value) in members.members { content[key] = value }
        return (ResourceID(.ec2SecurityGroup, id).described, .object(content))
    }

    package static func option(_ namespace: String, _ name: String, _ value: JSON) -> JSON {
        ["Namespace": .string(namespace), "OptionName": .string(name), "Value": value]
    }

    package static func property(_ name: String, _ value: JSON) -> JSON {
        option("aws:elasticbeanstalk:application:environment", name, value)
    }
}

extension ResourceID {
    package var described: FacetID { FacetID(self, Snapshot.description) }
    package var reach: FacetID { FacetID(self, Snapshot.reach) }
    package var incarnation: FacetID { FacetID(self, Snapshot.incarnation) }

    /// The facets of a resource of which AWS reported that it does not exist.
    package func gone(titled title: String? = nil, wasSeen: Bool = true) -> [FacetID: JSON] {
        let kept: [FacetID: JSON] = title.map { [FacetID(self, Snapshot.title): ["title": .string($0)]] } ?? [:]
        return kept.merging([reach: Snapshot.tombstone(wasSeen: wasSeen)]) { $1 }
    }
}

extension Gap {
    /// A denied question over some facets, and before some kinds.
    package static func denied(_ service: String, _ operation: String, facets: Set<FacetID> = [], kinds: Set<Kind> = [])
        -> Gap
    {
        Gap(
            question: Question(service: service, operation: operation, parameters: [:]), outcome: .denied,
            reason: .call(.aws(code: "AccessDenied", message: "not allowed")), facets: facets, kinds: kinds)
    }
}

extension EnvironmentObservation {
    package static func of(
        _ facets: [FacetID: JSON?], gaps: [Gap] = [], fingerprints: [Fingerprint] = [], keyID: String? = nil,
        readings: [Reading] = [], finished: Timestamp = Stack.start, unsettled: [UnsettledReason] = []
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
    package static func of(
        _ facets: [FacetID: JSON], gaps: [Gap] = [], finished: Timestamp = Stack.start, seq: Seq = Seq(rawValue: 1),
        kinds: KindRegistry = .all, decoders: [Kind: String]? = nil, readings: [Reading] = [],
        fingerprints: [Fingerprint.Location: Fingerprint.Value] = [:], keyID: String? = nil,
        unsettled: [UnsettledReason] = [], failures: [DeploymentFailure] = []
    ) throws -> SnapshotView {
        let stored = facets.mapValues { StoredFacet(content: $0, hash: ContentHash(of: $0), since: seq) }
        var observation = EnvironmentObservation.of(
            [:], gaps: gaps, keyID: keyID, readings: readings, finished: finished, unsettled: unsettled)
        observation.failures = failures
        observation.decoders = decoders ?? kinds.decoders()
        return SnapshotView(
            Snapshot(
                environment: try EnvironmentName("antenna-production"), seq: seq, at: finished,
                actor: observation.caller,
                facets: stored, fingerprints: fingerprints,
                body: SnapshotRecord(
                    observation, root: Root.hash(of: stored.mapValues(\.hash)))), kinds: kinds)
    }

    /// The value of an attribute, `nil` where it is absent or unseen.
    package func seen(_ path: String, of resource: ResourceID) -> JSON? {
        guard let path = AttributePath(path), case .seen(let value) = value(of: path, of: resource) else { return nil }
        return value
    }

    package func isUnseen(_ path: String, of resource: ResourceID) -> Bool {
        guard let path = AttributePath(path), case .unseen = value(of: path, of: resource) else { return false }
        return true
    }
}
