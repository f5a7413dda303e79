import StrictJSON
import Testing

@testable import Tidemark
@testable import TidemarkBaseline
@testable import TidemarkKinds

struct VersionAtLeastOperatorTests {
    private func baseline(_ operand: String) -> String {
        Baseline.expectation(
            "name: x", "resource: rds.db-instance", "is:", "EngineVersion: { version-at-least: \(operand) }")
    }

    @Test(
        arguments: [
            ("16.10", "16.10", true), ("16.3", "16.10", true), ("16.10", "16.3", false), ("16", "16.0.0", true),
            ("16.10", "17", true), ("16.10", .number(JSONNumber("16.11")!), true), ("16.10", "16.10-R2", false),
            ("7.1", "7.x", false),
            ("16.10", nil, false), ("16.10", true, false), ("16.10", ["16.10"], false),
        ] as [(String, JSON, Bool)])
    func `a version is compared part by part, and any other value differs`(
        bound: String, actual: JSON, holds: Bool
    ) throws {
        let requirement = try #require(Baseline(yaml: baseline(bound)).expectations.first?.requirements.first)
        let result = Comparison(rules: [:]).match(requirement.expected, actual, AttributePattern())
        #expect(result == (holds ? .holds : .differs))
    }

    @Test(arguments: ["sixteen", "16.x", "'16.10 '", "v16", "~", "[ 16.10 ]"])
    func `a bound that is not a version is a mistake`(operand: String) {
        #expect(
            Baseline.mistakes(baseline(operand)) == [
                "baseline.yml:6:42: 'version-at-least' needs a version such as 16.10"
            ])
    }

    @Test func `a value without an order is a mistake`() {
        let yaml = Baseline.expectation(
            "name: x", "resource: rds.db-instance", "is:", "VpcSecurityGroups: { version-at-least: 1 }")
        #expect(
            Baseline.mistakes(yaml) == [
                "baseline.yml:6:7: 'VpcSecurityGroups' is a list, for which 'version-at-least' never holds: see 'includes'"
            ])
    }

    @Test func `the words and the JSON name the version`() {
        let expected = Expected.operators([.versionAtLeast("16.10")])
        #expect(
            ExpectedWriter { $0.string ?? "" }.words(expected) == "a dotted version of 16.10 or later")
        #expect(expected.json == ["version-at-least": "16.10"])
    }
}
