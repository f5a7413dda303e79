import StrictJSON
import Testing

@testable import Tidemark
@testable import TidemarkBaseline
@testable import TidemarkKinds

struct BoundTests {
    private func match(_ test: String, _ actual: JSON, versions: Set<AttributePattern> = []) throws -> String {
        let baseline = Baseline.expectation("name: x", "resource: rds.db-instance", "is:", "Engine: \(test)")
        let requirement = try #require(Baseline(yaml: baseline).expectations.first?.requirements.first)
        let comparison = Comparison(AttributeScope(versions: versions))
        switch comparison.match(requirement.expected, actual, AttributePattern()) {
        case .holds: return "holds"
        case .differs: return "differs"
        case .redacted: return "redacted"
        case .incomparable(let unseen): return unseen.reason
        }
    }

    @Test(
        arguments: [
            ("{ at-most: 0.45 }", "0.5", "differs"), ("{ at-least: 0.25 }", "0.5", "holds"),
            ("{ at-most: 0.45 }", .number(JSONNumber("0.5")!), "differs"), ("{ at-least: -1 }", 0, "holds"),
            ("{ at-least: 80 }", .number(JSONNumber("80.0")!), "holds"), ("{ at-most: 1e3 }", "999.9", "holds"),
            ("{ version-at-least: '16.10' }", "16.3", "differs"), ("{ version-at-most: '16.10' }", "16.3", "holds"),
            ("{ version-at-least: 14 }", "14.00.3049.1.v1", "holds"), ("{ version-at-most: 14 }", "14.2", "differs"),
            ("{ at-least: 1 }", nil, "differs"), ("{ not: { at-least: 1 } }", nil, "holds"),
            ("{ at-least: 1 }", Redacted.value, "redacted"), ("{ not: { at-least: 1 } }", Redacted.value, "redacted"),
            ("{ at-least: 7 }", ["8", "9"], "holds"), ("{ not: { at-least: 13 } }", ["11", "12"], "holds"),
            ("{ at-least: 7, matches: x }", "big", "differs"), ("{ one-of: [ { at-least: 7 }, big ] }", "big", "holds"),
        ] as [(String, JSON, String)])
    func `a number is compared as a decimal, and a version by its parts`(
        test: String, actual: JSON, result: String
    ) throws {
        #expect(try match(test, actual) == result)
    }

    @Test(
        arguments: [
            ("at-least: 1", "big", "'big' cannot be compared with at-least 1"),
            ("at-least: 1", true, "'true' cannot be compared with at-least 1"),
            ("at-most: 1", ["a": 1], #"'{"a":1}' cannot be compared with at-most 1"#),
            ("at-least: 14", "14.00.3049.1", "'14.00.3049.1' cannot be compared with at-least 14"),
            ("at-least: 7", ["6.9", "7.1"], #"'["6.9","7.1"]' cannot be compared with at-least 7"#),
            ("version-at-least: 6.2", "6.x", "'6.x' cannot be compared with version-at-least 6.2"),
            ("version-at-most: 6", "v6", "'v6' cannot be compared with version-at-most 6"),
        ] as [(String, JSON, String)])
    func `what cannot be compared is neither true nor false, under 'not' too`(
        test: String, actual: JSON, reason: String
    ) throws {
        #expect(try match("{ \(test) }", actual) == reason)
        #expect(try match("{ not: { \(test) } }", actual) == reason)
        #expect(try match("{ one-of: [ x, { \(test) } ] }", actual) == reason)
    }

    @Test func `an element that cannot be compared leaves a list undecided`() {
        let expected = Expected.list([.operators([.atLeast("1")]), .scalar(ExpectedScalar("x"))])
        let comparison = Comparison(rules: [:])
        let unseen = Unseen(reason: "'big' cannot be compared with at-least 1")
        #expect(comparison.match(expected, ["x", "big"], AttributePattern()) == .incomparable(unseen))
        #expect(comparison.match(expected, ["x", "2"], AttributePattern()) == .holds)
        #expect(comparison.match(expected, ["y", "big"], AttributePattern()) == .differs)
    }

    @Test func `a kind declares its versions, and a fact is one`() throws {
        let version: Set = [AttributePattern()]
        #expect(try match("{ at-least: '16.10' }", "16.3", versions: version) == "differs")
        #expect(try match("{ at-most: '16.10' }", "16.3", versions: version) == "holds")
    }

    @Test(
        arguments: [
            (
                "rds.db-instance", "EngineVersion: { at-least: 1e1 }",
                "'at-least' needs a version such as 16.10 here, and not '1e1'"
            ),
            ("rds.db-instance", "EngineVersion: { at-least: 16.4.2 }", nil),
            (
                "rds.db-instance", "EngineVersion: { version-at-least: v16 }",
                "'version-at-least' needs a version such as 16.10"
            ),
            (
                "rds.db-instance", "EngineVersion: { version-at-most: 16.x }",
                "'version-at-most' needs a version such as 16.10"
            ),
            (
                "rds.db-instance", "AllocatedStorage: { at-least: 1.2.3 }",
                "'at-least' needs a number here, and '1.2.3' is a version: use 'version-at-least'"
            ),
            (
                "rds.db-instance", "VpcSecurityGroups: { version-at-most: 1 }",
                "'VpcSecurityGroups' is a list, for which 'version-at-most' never holds: see 'includes'"
            ),
            ("elasticache.replication-group", "engine-version: { at-least: 7.1.0 }", nil),
            (
                "elasticache.replication-group", "nodes: { at-most: 7.1.0 }",
                "'at-most' needs a number here, and '7.1.0' is a version: use 'version-at-most'"
            ),
        ] as [(String, String, String?)])
    func `a bound that nothing can be compared with is a mistake`(kind: String, line: String, mistake: String?) {
        let mistakes = Baseline.mistakes(Baseline.expectation("name: x", "resource: \(kind)", "is:", line))
        #expect(
            mistakes.map { $0.split(separator: ": ", maxSplits: 1)[1] } == [mistake].compactMap { $0.map { $0[...] } })
    }

    @Test func `the words and the JSON name the version`() {
        let expected = Expected.operators([.versionAtLeast("16.10"), .versionAtMost("17")])
        let words = ExpectedWriter { $0.string ?? "" }.words(expected)
        #expect(words == "version 16.10 or later and version 17 or earlier")
        #expect(expected.json == ["version-at-least": "16.10", "version-at-most": "17"])
    }
}
