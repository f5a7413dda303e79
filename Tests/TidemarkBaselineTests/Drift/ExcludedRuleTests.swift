import StrictJSON
import Testing
import TidemarkTestSupport

@testable import Tidemark
@testable import TidemarkBaseline
@testable import TidemarkKinds

/// `excludes` of a rule finds the rules that contain it.
struct ExcludedRuleTests {
    private static let world = "tcp 5432 from 0.0.0.0/0"
    private static let web = "ec2.security-group/sg-0b"

    /// A permission in few words: `tcp 22-80 10.0.0.0/8 pl-1 sg-0b`.
    private func permission(_ text: String) -> JSON {
        let words = text.split(separator: " ").map(String.init)
        let ports = words[1].split(separator: "-").compactMap { Int($0) }
        func peers(_ member: String, where isOne: (String) -> Bool) -> JSON {
            .array(words.dropFirst(2).filter(isOne).map { [member: .string($0)] })
        }
        var members: JSONObject = [
            "IpProtocol": .string(words[0]),
            "IpRanges": peers("CidrIp") { $0.contains(".") && $0.contains("/") },
            "Ipv6Ranges": peers("CidrIpv6") { $0.contains(":") },
            "PrefixListIds": peers("PrefixListId") { $0.hasPrefix("pl-") },
            "UserIdGroupPairs": peers("GroupId") { $0.hasPrefix("sg-") },
        ]
        if let from = ports.first, let to = ports.last {
            (members["FromPort"], members["ToPort"]) = (JSON(from), JSON(to))
        }
        return .object(members)
    }

    private func findings(
        _ permissions: [String], _ requirement: String, entries: JSON? = nil, gaps: [Gap] = []
    ) throws -> [Finding] {
        let rules = JSON.array(permissions.map(permission))
        var facets = Dictionary(uniqueKeysWithValues: [
            Stack.group("sg-0a", "antenna-rds", ["IpPermissions": rules, "IpPermissionsEgress": rules]),
            Stack.group("sg-0b", "web"),
        ])
        facets[FacetID(ResourceID(.ec2PrefixList, "pl-1"), "Entries")] = entries
        let yaml = """
            environment: antenna-production
            expect:
              - { name: web, resource: ec2.security-group, where: { GroupName: web }, is: { GroupName: web } }
              - { name: closed, resource: ec2.security-group, where: { GroupName: antenna-rds }, is: { \(requirement) } }
            """
        let snapshot = try SnapshotView.of(facets, gaps: gaps)
        return try Drift(of: snapshot, from: Baseline(yaml: yaml), now: Stack.start, maximumAge: nil).findings
    }

    /// The rules that a finding each is about, and the reasons for what is unseen.
    private func found(_ findings: [Finding]) -> [String] {
        findings.map { finding in
            if case .unseen(let unseen) = finding.status { return "unseen: \(unseen.reason)" }
            return finding.element?.key.string ?? "the whole attribute"
        }
    }

    @Test(
        arguments: [
            (["tcp 5432 0.0.0.0/0"], world, ["tcp 5432 from 0.0.0.0/0"]),
            (["tcp 5000-6000 0.0.0.0/0"], world, ["tcp 5000-6000 from 0.0.0.0/0"]),
            (["tcp 0-65535 0.0.0.0/0"], world, ["tcp all ports from 0.0.0.0/0"]),
            (["-1 - 0.0.0.0/0"], world, ["all from 0.0.0.0/0"]),
            (["6 5432 0.0.0.0/0"], world, ["tcp 5432 from 0.0.0.0/0"]),
            (["tcp 5432 ::/0"], world, ["tcp 5432 from ::/0"]),
            (["tcp 5432 2000::/3"], world, ["tcp 5432 from 2000::/3"]),
            (
                ["tcp 5432 0.0.0.0/1 128.0.0.0/1 10.1.0.0/16"], world,
                ["tcp 5432 from 0.0.0.0/1", "tcp 5432 from 128.0.0.0/1"]
            ),
            (
                ["tcp 5432 0.0.0.0/0 ::/0 0.0.0.0/1", "-1 - 128.0.0.0/1"], world,
                [
                    "all from 128.0.0.0/1", "tcp 5432 from 0.0.0.0/0", "tcp 5432 from 0.0.0.0/1",
                    "tcp 5432 from ::/0",
                ]
            ),
            (
                ["tcp 5000-5499 0.0.0.0/0", "tcp 5500-6000 0.0.0.0/0"], "tcp 5400-5600 from 0.0.0.0/0",
                ["tcp 5000-5499 from 0.0.0.0/0", "tcp 5500-6000 from 0.0.0.0/0"]
            ),
            // What is narrower does not contain it.
            (["tcp 5432 0.0.0.0/1", "udp 5432 0.0.0.0/0", "tcp 80 0.0.0.0/0", "tcp 5432 sg-0b"], world, []),
            (["tcp 443 0.0.0.0/0"], "all from 0.0.0.0/0", []),
            (["tcp 443 0.0.0.0/0"], "tcp 443-444 from 0.0.0.0/0", []),
            (["tcp 22 0.0.0.0/0"], "tcp 22 from ::/0", []),
            // Other peers.
            (["tcp 0-100 10.0.0.0/8"], "tcp 22 from 10.1.2.0/24", ["tcp 0-100 from 10.0.0.0/8"]),
            (["tcp 0-100 10.0.0.0/8 sg-0b"], "tcp 22", ["tcp 0-100 from 10.0.0.0/8", "tcp 0-100 from \(web)"]),
            (["-1 - sg-0b"], "tcp 22 from ec2.security-group/web", ["all from \(web)"]),
            (["-1 - sg-0b", "tcp 22 sg-0c"], "tcp 22 from ${web}", ["all from \(web)"]),
            (["tcp 0-100 0.0.0.0/0"], "tcp 22 from ${web}", ["tcp 0-100 from 0.0.0.0/0"]),
        ] as [([String], String, [String])])
    func `each rule that contains the excluded one is a finding`(
        permissions: [String], excluded: String, rules: [String]
    ) throws {
        let findings = try findings(permissions, "ingress: { excludes: [ \"\(excluded)\" ] }")
        #expect(found(findings).sorted() == rules)
        #expect(Set(findings.map(\.id)).count == rules.count)
    }

    @Test func `rules that go out, and what is open to the world, are compared in the same way`() throws {
        func found(_ requirement: String) throws -> [String] {
            self.found(try findings(["tcp 0-100 0.0.0.0/0"], requirement))
        }
        #expect(try found("egress: { excludes: tcp 25 to 0.0.0.0/0 }") == ["tcp 0-100 to 0.0.0.0/0"])
        #expect(try found("open-to-world: { excludes: [ tcp 22 ] }") == ["tcp 0-100"])
        #expect(try found("open-to-world: { excludes: [ tcp 22 from 0.0.0.0/0, tcp 5432 ] }") == ["tcp 0-100"])
        #expect(try found("open-to-world: { excludes: [ tcp 5432, udp 22, all ] }").isEmpty)
    }

    @Test(
        arguments: [
            ("ingress: { excludes: tcp 22 to 10.0.0.0/8 }", "did you mean 'tcp 22 from 10.0.0.0/8'?"),
            ("egress: { excludes: tcp 22 from 10.0.0.0/8 }", "did you mean 'tcp 22 to 10.0.0.0/8'?"),
            ("ingress: { excludes: tcp 22 from web }", "did you mean 'tcp 22 from ec2.security-group/web'?"),
            ("ingress: { excludes: 5432 from sg-1 }", "did you mean 'tcp 5432 from sg-1'?"),
            ("open-to-world: { excludes: 22 }", "did you mean 'tcp 22'?"),
            ("ingress: { excludes: tcp 22-2 }", nil), ("ingress: { excludes: icmp code 3 }", nil),
        ] as [(String, String?)])
    func `a text that is not a rule is a mistake, since no rule contains it`(requirement: String, hint: String?) throws
    {
        let yaml = Baseline.expectation("name: x", "resource: ec2.security-group", "is:", requirement)
        let mistake = try #require(Baseline.mistakes(yaml).first)
        #expect(mistake.contains("is not a rule"))
        #expect(mistake.hasSuffix(hint ?? "'tcp 22'"))
    }

    @Test func `an operator, and any other attribute, means its text`() throws {
        func found(_ requirement: String) throws -> [String] {
            self.found(try findings(["tcp 0-100 0.0.0.0/0"], requirement))
        }
        #expect(try found("ingress: { excludes: { matches: tcp 0-.* } }") == ["tcp 0-100 from 0.0.0.0/0"])
        #expect(try found("GroupName: { excludes: rds }") == ["rds"])
    }

    // MARK: Prefix lists

    private let gap = Gap.denied(
        "ec2", "GetManagedPrefixListEntries", facets: [FacetID(ResourceID(.ec2PrefixList, "pl-1"), "Entries")])

    @Test func `a prefix list is its entries`() throws {
        let requirement = "ingress: { excludes: [ \(Self.world) ] }"
        let halves: JSON = [["Cidr": "0.0.0.0/1"], ["Cidr": "128.0.0.0/1"]]
        #expect(try found(findings(["tcp 5432 pl-1"], requirement, entries: halves)) == ["tcp 5432 from pl-1"])
        #expect(try findings(["tcp 5432 pl-1"], requirement, entries: [["Cidr": "10.0.0.0/8"]]).isEmpty)
        #expect(
            try found(findings(["tcp 5432 pl-1"], "ingress: { excludes: [ tcp 5432 from pl-1 ] }"))
                == ["tcp 5432 from pl-1"])
    }

    @Test(
        arguments: [
            (["tcp 5432 pl-1"], true), (["tcp 5432 0.0.0.0/1 pl-1"], true), (["tcp 22 pl-1"], false),
        ])
    func `entries that are unseen leave it undecided, unless they make no difference`(
        permissions: [String], isUnseen: Bool
    ) throws {
        let requirement = "ingress: { excludes: [ \(Self.world) ] }"
        let statuses = try found(findings(permissions, requirement, gaps: [gap]))
        #expect(statuses == (isUnseen ? ["unseen: \(Unseen(gap).reason)"] : []))
        let open = try found(findings(permissions + ["-1 - ::/0"], requirement, gaps: [gap]))
        #expect(open == ["all from ::/0"])
    }
}
