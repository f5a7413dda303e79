import StrictJSON
import Testing
import TidemarkTestSupport

@testable import Tidemark
@testable import TidemarkBaseline
@testable import TidemarkKinds

/// References in the keys of paths.
struct PathReferenceTests {
    /// A rule of the group sg-0b that admits another group, and the databases that the tests refer to.
    private static func stack(admitting id: String, described description: JSON) -> [FacetID: JSON] {
        let pair: JSON = ["UserId": "1", "GroupId": .string(id), "Description": description]
        let rule: JSON = ["IpProtocol": "tcp", "FromPort": 5432, "ToPort": 5432, "UserIdGroupPairs": [pair]]
        let groups = [Stack.group("sg-0b", "antenna-rds", ["IpPermissions": [rule]]), Stack.group(id, "web")]
        return Dictionary(groups + [(Stack.database.described, Stack.databaseContent)]) { first, _ in first }
    }

    private static let sources = """
          - { name: web, resource: ec2.security-group, where: { GroupName: web }, is: { GroupName: web } }
          - { name: database, resource: rds.db-instance, is: { Engine: postgres } }

        """

    private static func yaml(_ key: String, _ value: String = "EB instance") -> String {
        """
        environment: antenna-production
        expect:
          - name: rule
            resource: ec2.security-group
            where: { GroupName: antenna-rds }
            is:
              "\(key)": \(value)
        \(sources)
        """
    }

    private static let path = "IpPermissions[tcp/5432/5432].UserIdGroupPairs[1/${web}].Description"

    private func findings(_ facets: [FacetID: JSON], _ key: String = Self.path) throws -> [Finding] {
        let baseline = try Baseline(yaml: Self.yaml(key))
        return try Drift(of: .of(facets), from: baseline, now: Stack.start, maximumAge: nil).results[0].findings
    }

    @Test func `a reference in a key is the identity of its resource`() throws {
        #expect(try findings(Self.stack(admitting: "sg-0a", described: "EB instance")).isEmpty)
        let found = try #require(findings(Self.stack(admitting: "sg-0a", described: "x")).first)
        #expect(found.path?.description == "IpPermissions[tcp/5432/5432].UserIdGroupPairs[1/sg-0a].Description")
        #expect(found.value == .plain("x"))
    }

    @Test func `the id and the waiver of a finding have the reference, not its value`() throws {
        let found = try ["sg-0a", "sg-0c"].map { id in
            try #require(findings(Self.stack(admitting: id, described: "x")).first)
        }
        #expect(found[0].id == found[1].id && found[0].path != found[1].path)
        let baseline = try Baseline(yaml: Self.yaml(Self.path) + "waivers:\n  - \(found[0].waiver())\n")
        #expect(baseline.waivers.map(\.path?.description) == [Self.path])
        let drift = try Drift(
            of: .of(Self.stack(admitting: "sg-0c", described: "x")), from: baseline, now: Stack.start, maximumAge: nil)
        #expect(drift.count(.waived) == 1)
    }

    @Test func `a key that the list does not have is answered with the nearest one`() throws {
        let found = try findings(Self.stack(admitting: "sg-0a", described: "x"), "IpPermissions[tcp/5432/543].FromPort")
        #expect(found.map(\.note) == ["'IpPermissions' has no 'tcp/5432/543': did you mean 'tcp/5432/5432'?"])
    }

    @Test(arguments: [
        ("${database.MultiAZ}", nil), ("${database.DBName}", "which is not one value"),
        ("${database.VpcSecurityGroups}", "which is not one value"),
    ])
    func `a key needs one value`(reference: String, reason: String?) throws {
        let key = "IpPermissions[tcp/5432/5432].UserIdGroupPairs[1/\(reference)].Description"
        let found = try #require(findings(Self.stack(admitting: "sg-0a", described: "x"), key).first)
        guard case .unseen(let unseen) = found.status else {
            #expect(reason == nil)
            return
        }
        #expect(unseen.reason.contains(try #require(reason)))
    }

    @Test(arguments: [
        (
            "IpPermissions[tcp/5432/5432].UserIdGroupPairs[1/${wep}].Description",
            "7:7: '${wep}' refers to no expectation: did you mean 'web'?"
        ),
        (
            "IpPermissions[${web.GroupNam}].FromPort",
            "7:7: '${web.GroupNam}' refers to no attribute: 'GroupNam' is not an attribute here: did you mean 'GroupName'?"
        ),
        ("IpPermissions[${].FromPort", "7:7: '${' without '}'"),
    ])
    func `an invalid reference in a key is a mistake`(key: String, message: String) {
        #expect(Baseline.mistakes(Self.yaml(key)) == ["baseline.yml:\(message)"])
    }

    @Test func `a reference in a key within a value is a mistake`() {
        let value = "{ '${web}': { present: true } }"
        #expect(
            Baseline.mistakes(Self.yaml("IpPermissions", value)) == [
                "baseline.yml:7:26: '${web}' cannot be in a key within a value: write the whole path as one key"
            ])
    }

    @Test func `a reference in a key of 'where' can be part of a cycle`() {
        let mistakes = Baseline.mistakes(
            """
            environment: a
            expect:
              - name: c
                resource: ec2.security-group
                where: { "IpPermissions[${c}].FromPort": 1 }
                is: { GroupId: x }
            """)
        #expect(mistakes == ["baseline.yml:5:14: circular reference in 'where': c -> c"])
    }
}
