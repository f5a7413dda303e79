import StrictJSON
import Testing
import TidemarkTestSupport

@testable import Tidemark
@testable import TidemarkBaseline
@testable import TidemarkKinds

/// The findings about one value: one for each leaf and each element, each with an id of its own.
struct FindingTests {
    private static let group = Stack.group(
        "sg-0a", "antenna-rds",
        [
            "OwnerId": "123456789012",
            "IpPermissions": [
                permission(22, ["IpRanges": [["CidrIp": "0.0.0.0/0"]]]),
                permission(
                    5432, ["UserIdGroupPairs": [["UserId": "123456789012", "GroupId": "sg-0b"]]]),
            ],
            "Tags": [["Key": "Team", "Value": "a"], ["Key": "Stage", "Value": "prod"]],
        ])
    private static let other = Stack.group("sg-0b", "web")

    private static func permission(_ port: Int, _ peers: JSONObject) -> JSON {
        var members: JSONObject = ["IpProtocol": "tcp", "FromPort": .init(port), "ToPort": .init(port)]
        for (key, value) in peers.members { members[key] = value }
        return .object(members)
    }

    private func findings(
        is lines: String, _ facets: [(FacetID, JSON)] = [group, other], name: String = "access"
    ) throws -> [Finding] {
        let yaml = """
            environment: antenna-production
            expect:
              - { name: \(name), resource: ec2.security-group, where: { GroupName: antenna-rds }, is: { \(lines) } }
              - { name: web, resource: ec2.security-group, where: { GroupId: sg-0b }, is: { GroupId: sg-0b } }
            """
        let snapshot = try SnapshotView.of(Dictionary(uniqueKeysWithValues: facets))
        return try Drift(of: snapshot, from: Baseline(yaml: yaml), now: Stack.start, maximumAge: nil).findings
    }

    /// The place and the change of each finding: `ingress unexpected tcp 22 from 0.0.0.0/0`.
    private func described(_ findings: [Finding]) -> [String] {
        findings.map { finding in
            let path = finding.path?.description ?? "-"
            if let element = finding.element {
                return "\(path) \(element.side.rawValue) \(element.key.string ?? element.key.canonical)"
            }
            switch finding.status {
            case .drifted(.changed(let expected, let actual)):
                return "\(path) \(actual.canonical) -> \(expected.json.canonical)"
            case .drifted(.missing(let expected)): return "\(path) lacks \(expected?.json.canonical ?? "")"
            case .drifted(.unexpected(let actual)): return "\(path) has \(actual.canonical)"
            case .unseen, .notChecked: return "\(path) unseen"
            }
        }
    }

    // MARK: How many

    @Test(
        arguments: [
            ("GroupName: x", []), ("GroupId: x", [#"GroupId "sg-0a" -> "x""#]),
            ("Description: x", [#"Description lacks "x""#]), ("GroupId: ~", [#"GroupId has "sg-0a""#]),
            // A fact's lines.
            (
                "ingress: [ 'tcp 5432 from ${web}', tcp 443 from 10.0.0.0/8 ]",
                ["ingress missing tcp 443 from 10.0.0.0/8", "ingress unexpected tcp 22 from 0.0.0.0/0"]
            ),
            (
                "ingress: [ 'tcp 6379 from ${web}' ]",
                [
                    "ingress missing tcp 6379 from ${web}", "ingress unexpected tcp 22 from 0.0.0.0/0",
                    "ingress unexpected tcp 5432 from ec2.security-group/sg-0b",
                ]
            ),
            // A list with keys, whose elements state them.
            (
                "Tags: [ { Key: Team, Value: b }, { Key: New, Value: c } ]",
                [
                    #"Tags[Team].Value "a" -> "b""#, #"Tags[New] lacks {"Key":"New","Value":"c"}"#,
                    #"Tags[Stage] has {"Key":"Stage","Value":"prod"}"#,
                ]
            ),
            ("Tags: { Team: { Value: b } }", [#"Tags[Team].Value "a" -> "b""#]),
            // Operators.
            (
                "ingress: { includes: [ tcp 1 from 1.1.1.1/32, tcp 22 from 0.0.0.0/0, tcp 2 from 1.1.1.1/32 ] }",
                ["ingress missing tcp 1 from 1.1.1.1/32", "ingress missing tcp 2 from 1.1.1.1/32"]
            ),
            (
                "ingress: { excludes: [ { matches: 'tcp.*' }, tcp 22 from 0.0.0.0/0 ] }",
                [
                    "ingress unexpected tcp 22 from 0.0.0.0/0",
                    "ingress unexpected tcp 5432 from ec2.security-group/sg-0b",
                ]
            ),
            ("GroupName: { includes: [ antenna, -x ] }", ["GroupName missing -x"]),
            (
                "GroupName: { excludes: [ antenna, rds, x ] }",
                ["GroupName unexpected antenna", "GroupName unexpected rds"]
            ),
            ("ingress: { not: [ 'tcp 5432 from ${web}', tcp 22 from 0.0.0.0/0 ] }", nil),
        ] as [(String, [String]?)])
    func `a finding is one leaf or one element`(lines: String, expected: [String]?) throws {
        let found = try findings(is: lines)
        if let expected {
            #expect(described(found) == (lines == "GroupName: x" ? [#"GroupName "antenna-rds" -> "x""#] : expected))
        } else {
            #expect(found.map(\.path?.description) == ["ingress"] && found.allSatisfy { $0.element == nil })
        }
        #expect(Set(found.map(\.id)).count == found.count)
    }

    @Test func `equal elements are one finding`() throws {
        var pair = Self.group
        pair.1 = ["GroupName": "antenna-rds", "Tags": ["a", "a", "b"]]
        #expect(
            described(try findings(is: "Tags: [ a ]", [pair, Self.other])) == [
                "Tags unexpected a", "Tags unexpected b",
            ])
    }

    // MARK: Ids

    @Test func `an id survives rewording, reordering and another value`() throws {
        let before = try findings(is: "GroupId: x, Description: y, Tags: [ { Key: Team, Value: b } ]")
        let after = try findings(
            is: "Tags: [ { Value: other, Key: Team } ], Description: z, GroupId: { one-of: [ q ] }")
        #expect(Set(before.map(\.id)) == Set(after.map(\.id)))
    }

    @Test func `an id depends on the environment, the rule, the attribute, the side and the element`() throws {
        let lines = "ingress: [ tcp 1 from 1.1.1.1/32 ]"
        let all =
            try findings(is: lines) + findings(is: lines, name: "other")
            + findings(is: "egress: [ tcp 1 from 1.1.1.1/32 ]")
            + findings(is: "ingress: { includes: tcp 2 from 1.1.1.1/32 }")
        let staging = try EnvironmentName("antenna-staging")
        let elsewhere = all.map { one in
            FindingID(
                environment: staging, rule: one.rule, resource: one.resource, path: one.path, element: one.element)
        }
        #expect(all.count == 8 && Set(all.map(\.id) + elsewhere).count == 16)
    }

    @Test func `a new label of a group does not change the id of its rule`() throws {
        let before = try findings(is: "ingress: [ tcp 22 from 0.0.0.0/0 ]")
        let renamed = Stack.group("sg-0b", "renamed")
        let after = try findings(is: "ingress: [ tcp 22 from 0.0.0.0/0 ]", [Self.group, renamed])
        #expect(before.count == 1 && before.map(\.id) == after.map(\.id))
    }

    @Test func `an id does not change between versions`() throws {
        let found = try findings(is: "GroupId: x, ingress: [ 'tcp 5432 from ${web}' ]")
        #expect(found.map(\.id.rawValue) == ["ddd14169d8bb", "334ce64446d5"])
    }

    // MARK: Any list

    @Test(arguments: 0..<60)
    func `there are as many findings as elements, whatever the order`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let ports = (1...6).map { $0 * 100 }
        let expected = ports.filter { _ in Bool.random(using: &random) }.map { "tcp \($0) from 10.0.0.0/8" }
        let open = ports.filter { _ in Bool.random(using: &random) }
        let actual = open.map { "tcp \($0) from 10.0.0.0/8" }
        func found(_ expected: [String], _ open: [Int]) throws -> [Finding] {
            let permissions = open.map { Self.permission($0, ["IpRanges": [["CidrIp": "10.0.0.0/8"]]]) }
            let group = Stack.group("sg-0a", "antenna-rds", ["IpPermissions": .array(permissions)])
            return try findings(is: "ingress: [ \(expected.joined(separator: ", ")) ]", [group, Self.other])
        }
        let all = try found(expected, open)
        let different = Set(expected).symmetricDifference(actual)
        #expect(Set(all.compactMap(\.element?.key.string)) == different && all.count == different.count)
        let shuffled = try found(expected.shuffled(using: &random), open.shuffled(using: &random))
        #expect(shuffled.map(\.id) == all.map(\.id))
    }
}
