import StrictJSON
import Testing
import TidemarkTestSupport

@testable import Tidemark
@testable import TidemarkKinds

struct DiffTests {
    private let role = ResourceID(.iamRole, "aws-elasticbeanstalk-ec2-role")

    private func diff(
        _ from: [FacetID: JSON], _ to: [FacetID: JSON], gaps: (from: [Gap], to: [Gap]) = ([], []),
        fingerprints: (from: [Fingerprint.Location: Fingerprint.Value], to: [Fingerprint.Location: Fingerprint.Value]) =
            (
                [:], [:]
            )
    ) throws -> Diff {
        Diff(
            from: try SnapshotView.of(from, gaps: gaps.from, fingerprints: fingerprints.from),
            to: try SnapshotView.of(to, gaps: gaps.to, seq: Seq(rawValue: 2), fingerprints: fingerprints.to))
    }

    private let database = Stack.database.described

    @Test func `an incarnation is compared with its description alone`() throws {
        let content: JSON = ["Engine": "postgres"]
        let later = try diff([database: content], [database: content, Stack.database.incarnation: "db-A"])
        #expect(later.isEmpty && later.resources.isEmpty)
    }

    // MARK: Attributes

    @Test(
        arguments: [
            (["Engine": "postgres"], ["Engine": "mysql"], ["Engine: postgres -> mysql"]),
            (["Engine": "postgres"], [:], ["Engine: postgres -> nothing"]),
            ([:], ["Engine": "postgres"], ["Engine: nothing -> postgres"]),
            (
                ["Endpoint": ["Port": 1, "Address": "a"]], ["Endpoint": ["Port": 2, "Address": "a"]],
                ["Endpoint.Port: 1 -> 2"]
            ),
            // A keyed list: by the key, wherever the element stands.
            (
                ["TagList": [["Key": "a", "Value": "1"], ["Key": "b", "Value": "1"]]],
                ["TagList": [["Key": "b", "Value": "2"], ["Key": "a", "Value": "1"]]], ["TagList[b].Value: 1 -> 2"]
            ),
            // An unordered one: what only one of them has.
            (
                ["EnabledCloudwatchLogsExports": ["a", "b"]], ["EnabledCloudwatchLogsExports": ["c", "b"]],
                ["EnabledCloudwatchLogsExports: - a + c"]
            ),
            (["EnabledCloudwatchLogsExports": ["a", "b"]], ["EnabledCloudwatchLogsExports": ["b", "a"]], []),
            (
                ["EnabledCloudwatchLogsExports": ["a"]], ["EnabledCloudwatchLogsExports": ["a", "a"]],
                ["EnabledCloudwatchLogsExports: - + a"]
            ),
            // A key that two elements bear names neither.
            (
                ["TagList": [["Key": "a", "Value": "1"], ["Key": "a", "Value": "2"]]],
                ["TagList": [["Key": "a", "Value": "1"]]], [#"TagList: - {"Key":"a","Value":"2"} +"#]
            ),
        ] as [(JSON, JSON, [String])])
    func `an attribute's change has its path`(from: JSON, to: JSON, changes: [String]) throws {
        let found = try diff([database: from], [database: to]).resources
        #expect(found.flatMap(\.attributes).map(\.inWords) == changes)
    }

    @Test func `a facet's attributes are below its name`() throws {
        let policies = FacetID(role, "AttachedManagedPolicies")
        let change = try diff(
            [role.described: [:], policies: []],
            [role.described: [:], policies: [["PolicyName": "x", "PolicyArn": "arn:x"]]])
        #expect(change.resources.flatMap(\.attributes).map(\.path.description) == ["AttachedManagedPolicies[arn:x]"])
    }

    @Test func `a fact tells a change that nobody wants to read raw`() throws {
        func open(_ ports: [JSON]) -> [FacetID: JSON] {
            [
                Stack.group.described: [
                    "GroupId": "sg-0a", "OwnerId": "123456789012",
                    "IpPermissions": .array(
                        ports.map {
                            [
                                "IpProtocol": "tcp", "FromPort": $0, "ToPort": $0,
                                "IpRanges": [["CidrIp": "0.0.0.0/0"]],
                            ]
                        }),
                ]
            ]
        }
        let change = try #require(try diff(open([80]), open([80, 5432])).resources.first)
        #expect(change.facts.map(\.inWords) == ["ingress: - + tcp 5432 from 0.0.0.0/0", "open-to-world: - + tcp 5432"])
        #expect(change.otherAttributes.isEmpty)
        #expect(change.attributes.count == 1)
    }

    // MARK: Resources

    @Test func `added and removed resources differ`() throws {
        let (added, removed) = (try diff([:], [database: [:]]), try diff([database: [:]], [:]))
        #expect(added.resources.map(\.category) == [.appeared])
        #expect(removed.resources.map(\.category) == [.gone])
    }

    @Test func `what may have been there all along is only seen first`() throws {
        let gap = Gap.denied("elasticbeanstalk", "DescribeConfigurationSettings", kinds: [.rdsDBInstance])
        #expect(try diff([:], [database: [:]], gaps: ([gap], [])).resources.map(\.category) == [.firstSeen])
    }

    @Test(
        arguments: [(true, false, .left), (false, true, .returned)] as [(Bool, Bool, ResourceChange.Category)])
    func `reach is described in words`(before: Bool, after: Bool, kind: ResourceChange.Category) throws {
        let found = try diff(
            [database: [:], Stack.database.reach: ["reached": .bool(before)]],
            [database: [:], Stack.database.reach: ["reached": .bool(after)]])
        #expect(found.resources.map(\.category) == [kind])
        #expect(found.resources.flatMap(\.attributes).isEmpty)
    }

    @Test(arguments: [true, false])
    func `a lead to an unknown resource does not change it`(isFirst: Bool) throws {
        let gap = Gap.denied("rds", "DescribeDBInstances", facets: [database])
        let reached: [FacetID: JSON] = [Stack.database.reach: ["reached": true]]
        let later = reached.merging(isFirst ? [database: [:]] : [:]) { $1 }
        let found = try diff([:], later, gaps: isFirst ? ([gap], []) : ([], [gap]))
        #expect(found.resources.isEmpty)
        #expect(found.unseen.map(\.facet) == [database])
    }

    @Test func `what differs of a resource that could not be described is a change, and no appearance`() throws {
        let policies = FacetID(role, "RolePolicyList")
        let gap = Gap.denied("iam", "GetRole", facets: [role.described])
        let found = try diff([policies: []], [role.described: [:], policies: [["PolicyName": "x"]]], gaps: ([gap], []))
        #expect(found.resources.map(\.category) == [.changed])
        #expect(found.unseen.map(\.facet) == [role.described])
    }

    @Test func `a name that means another thing is replaced`() throws {
        let found = try diff([database: ["DbiResourceId": "db-1"]], [database: ["DbiResourceId": "db-2"]])
        #expect(found.resources.map(\.category) == [.replaced])
    }

    @Test func `nothing differs between equal moments`() throws {
        #expect(try diff([database: ["Engine": "postgres"]], [database: ["Engine": "postgres"]]).isEmpty)
    }

    // MARK: Unseen

    @Test(arguments: [true, false])
    func `what was not seen at one of the moments is not compared`(isFirst: Bool) throws {
        let gap = Gap.denied("rds", "DescribeDBInstances", facets: [database])
        let found = try diff(
            [database: ["Engine": "a"]], [database: ["Engine": "b"]], gaps: isFirst ? ([gap], []) : ([], [gap]))
        #expect(found.resources.isEmpty)
        #expect(found.unseen.map(\.at.rawValue) == [isFirst ? 1 : 2])
        #expect(found.isEmpty)
    }

    @Test func `tags that could not be listed are not compared`() throws {
        let tag = ResourceID(.ecrTag, "r:v10").described
        let gap = Gap(
            question: Question(service: "ecr", operation: "ListImages", parameters: [:]), outcome: .denied,
            reason: .emptyAnswer, facets: [], members: [MemberScope(.ecrTag, prefix: "r:")], kinds: [])
        let found = try diff([tag: ["imageDigest": "a"]], [tag: ["imageDigest": "a"]], gaps: ([], [gap]))
        #expect(found.unseen.map(\.facet) == [tag])
    }

    @Test(arguments: [true, false])
    func `what was gone before it could not be seen is not compared`(isFirst: Bool) throws {
        let gap = Gap.denied("rds", "DescribeDBInstances", facets: [database])
        let found = try diff([:], [:], gaps: isFirst ? ([gap], []) : ([], [gap]))
        #expect(found.unseen.map(\.facet) == [database])
        #expect(found.unseen.map(\.at.rawValue) == [isFirst ? 1 : 2])
        #expect(found.resources.isEmpty)
        #expect(!found.isComplete)
    }

    @Test func `a list that was not answered is not compared, whatever is known of its members`() throws {
        func unlisted(_ prefix: String) -> Gap {
            Gap(
                question: Question(service: "ecr", operation: "ListImages", parameters: [:]), outcome: .denied,
                reason: .emptyAnswer, facets: [], members: [MemberScope(.ecrTag, prefix: prefix)], kinds: [])
        }
        let found = try diff([:], [:], gaps: ([unlisted("r:")], [unlisted("r:"), unlisted("q:")]))
        #expect(found.unlisted.map(\.members.description) == ["ecr.tag/q:*", "ecr.tag/r:*"])
        #expect(found.unlisted.map(\.at.rawValue) == [2, 1])
        #expect(found.resources.isEmpty)
        #expect(!found.isComplete)
    }

    // MARK: Secrets

    @Test func `a rotation is two codes under one key`() throws {
        let place = Fingerprint.Location(facet: database, path: "a", part: "value")
        func value(_ key: String, _ code: String) -> [Fingerprint.Location: Fingerprint.Value] {
            [place: Fingerprint.Value(key: key, code: code)]
        }
        let state: [FacetID: JSON] = [database: [:]]
        #expect(try diff(state, state, fingerprints: (value("k", "1"), value("k", "2"))).rotated == [place])
        #expect(try diff(state, state, fingerprints: (value("k", "1"), value("k", "1"))).rotated.isEmpty)
        #expect(try diff(state, state, fingerprints: (value("k", "1"), value("l", "2"))).rotated.isEmpty)
        let gap = Gap.denied("rds", "DescribeDBInstances", facets: [database])
        #expect(
            try diff(state, state, gaps: ([], [gap]), fingerprints: (value("k", "1"), value("k", "2"))).rotated.isEmpty)
    }

    @Test(
        arguments: [
            ("k", "k", .compared, true), (nil, nil, .withoutKey, true), ("k", nil, .keyMissing, false),
            (nil, "k", .keyMissing, false), ("k", "l", .otherKey, false),
        ] as [(String?, String?, SecretComparison, Bool)])
    func `secrets can be compared under one key alone`(
        from: String?, to: String?, secrets: SecretComparison, isComplete: Bool
    ) throws {
        let found = Diff(from: try SnapshotView.of([:], keyID: from), to: try SnapshotView.of([:], keyID: to))
        #expect(found.secrets == secrets)
        #expect(found.isComplete == isComplete)
        #expect(found.isEmpty)
    }

    // MARK: Re-read

    @Test(
        arguments: [
            (["Engine": "postgres"], ["Engine": "postgres", "Added": "1"], true),
            (["Port": 5432], ["Port": "5432"], true), (["Secret": "x"], ["Secret": Redacted.value], true),
            (["Engine": "postgres"], ["Engine": "mysql"], false),
        ] as [(JSON, JSON, Bool)])
    func `another reading of the same answer is not a change`(old: JSON, new: JSON, isReread: Bool) throws {
        func snapshot(_ content: JSON, decoder: String, _ seq: Int64) throws -> SnapshotView {
            let content = [database: StoredFacet(content: content, hash: ContentHash(of: content), since: .first)]
            var observation = EnvironmentObservation.of([:])
            observation.decoders[.rdsDBInstance] = decoder
            return SnapshotView(
                Snapshot(
                    environment: try EnvironmentName("antenna-production"), seq: Seq(rawValue: seq), at: Stack.start,
                    actor: observation.caller, facets: content,
                    body: SnapshotRecord(
                        observation, root: Root.hash(of: content.mapValues(\.hash)))), kinds: .all)
        }
        let found = Diff(
            from: try snapshot(old, decoder: "1", 1), to: try snapshot(new, decoder: "2", 2))
        #expect(found.resources.map(\.category) == [isReread ? .reread : .changed])
        #expect(found.isEmpty == isReread)
        // Under one version it is a change, whatever it looks like.
        let same = Diff(
            from: try snapshot(old, decoder: "2", 1), to: try snapshot(new, decoder: "2", 2))
        #expect(same.resources.map(\.category) == [.changed])
    }

    @Test func `statements are addressed by their Sid`() throws {
        let lists = try #require(KindDefinition.iamPolicy.facet("PolicyVersion")).lists
        func document(_ action: JSON) -> JSON {
            ["Document": ["Statement": [["Sid": "Queues", "Action": action], ["Sid": "Logs", "Action": "logs:*"]]]]
        }
        let changes = AttributeChange.between(document("sqs:*"), document("sqs:SendMessage"), lists: lists)
        #expect(changes.map(\.path.description) == ["Document.Statement[Queues].Action"])
    }
}

extension AttributeChange {
    fileprivate var inWords: String {
        switch change {
        case .value(let old, let new):
            "\(path): \(old.map { $0.scalarText ?? $0.canonical } ?? "nothing") -> "
                + "\(new.map { $0.scalarText ?? $0.canonical } ?? "nothing")"
        case .elements(let removed, let added):
            (["\(path): -"] + removed.map { $0.scalarText ?? $0.canonical } + ["+"]
                + added.map { $0.scalarText ?? $0.canonical }).joined(separator: " ")
        }
    }
}
