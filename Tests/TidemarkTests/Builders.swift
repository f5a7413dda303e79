import StrictJSON
import Testing

@testable import Tidemark
@testable import TidemarkBaseline
@testable import TidemarkKinds

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
        try #require(self.question(question)).identities(of: kind, in: answer)
    }

    /// Whether an answer is about the resource that a host names.
    func isNamed(by host: String, _ answer: Answer) throws -> Bool {
        let (isAt, question) = try (#require(isAt), #require(firstQuestions.first))
        return isAt(host, question.read(answer))
    }
}

extension FacetDefinition {
    func content(in answer: Answer) -> JSON? { content(in: answer.value, of: answer.identity) }
}

extension ResourceID {
    var described: FacetID { FacetID(self, Snapshot.description) }
    var reach: FacetID { FacetID(self, Snapshot.reach) }
}

extension QuestionDefinition {
    /// The answer with the contents of this question's facets.
    func read(_ answer: Answer) -> Answer {
        Answer(
            answer.value, identity: answer.identity, place: answer.place, inputs: answer.inputs,
            payload: answer.payload, facets: ownFacets)
    }

    /// The resources of a kind to which an answer leads, by their identities or by hosts.
    func identities(of kind: Kind, in answer: Answer) -> [String] {
        let answer = read(answer)
        return leads.flatMap { lead -> [String] in
            switch lead {
            case .resources(kind, let find): find(answer) ?? []
            case .hosts(kind, let find): find(answer)?.map(\.identity) ?? []
            default: []
            }
        }
    }

    /// The keys by which an answer links resources of a kind.
    func linkKeys(of kind: Kind, in answer: Answer) -> Set<LinkKey> {
        let answer = read(answer)
        return leads.reduce(into: []) { keys, lead in
            if case .links(kind, let find) = lead { keys.formUnion(find(answer) ?? []) }
        }
    }

    /// The inputs of the questions that list members of a kind; nil if the answer does not lead to them.
    func inputs(ofMembers kind: Kind, in answer: Answer) -> [QuestionInputs]? {
        leads.lazy.compactMap { if case .members(kind, let find) = $0 { find } else { nil } }.first?(read(answer))
    }

    /// The inputs of a further question; nil if the answer does not lead to it.
    func inputs(ofQuestion name: String, in answer: Answer) -> [QuestionInputs]? {
        leads.lazy.compactMap { if case .question(name, let find) = $0 { find } else { nil } }.first?(read(answer))
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
