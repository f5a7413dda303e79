import Testing

@testable import Tidemark
@testable import TidemarkBaseline
@testable import TidemarkKinds

struct NumberTests {
    @Test(arguments: [
        ("1", "1.0"), ("1000", "1e3"), ("1E+3", "1000.00"), ("0.001", "1e-3"), ("-0", "0"), ("0", "0.000e5"),
        ("12.5", "125e-1"),
        ("-1.50", "-1.5"), ("123456789012345678901234567890", "123456789012345678901234567890.0"),
    ])
    func `numbers with the same value are equal in any spelling`(left: String, right: String) {
        #expect(DecimalNumber(left) != nil)
        #expect(DecimalNumber(left) == DecimalNumber(right))
    }

    @Test(arguments: [
        ("1", "10"), ("1", "-1"), ("0.1", "0.01"), ("1e2", "1e3"), ("9007199254740992", "9007199254740993"),
        ("100", "1"),
    ])
    func `numbers with different values differ`(left: String, right: String) {
        #expect(DecimalNumber(left) != DecimalNumber(right))
    }

    @Test(arguments: [
        "", "x", "012", "1:30", "0x1", "1_000", "+1", " 1", "1.", "1e1000000", "NaN", "1e-9223372036854775808",
    ])
    func `a text that is not a JSON number is refused`(text: String) {
        #expect(DecimalNumber(text) == nil)
    }

    @Test(arguments: [
        ("0.45", "0.5"), ("9", "10"), ("-1", "0"), ("0", "0.01"), ("-2", "-1.5"), ("99", "1e2"), ("7.10", "7.9"),
        ("1.05", "1.5"), ("-0.1", "1e-9"),
    ])
    func `a decimal is compared by its value`(smaller: String, greater: String) throws {
        let (smaller, greater) = (try #require(DecimalNumber(smaller)), try #require(DecimalNumber(greater)))
        #expect(smaller < greater)
        #expect(!(greater < smaller))
    }

    @Test(
        arguments: [
            ("7.9", "7.10", .less), ("7", "7.1", .less), ("7.0", "7.0.1", .less), ("9", "10", .less),
            ("0", "0.0.1", .less), ("1.2.3", "1.10", .less), ("7", "7.0", .equal), ("7.0.0", "7", .equal),
            ("7.10", "7.1", .greater), ("14.00.3049.1.v1", "14", .greater), ("14.00.3049.1.v1", "14.0.3049", .greater),
            ("14.00.3049.1.v1", "15", .less), ("8.0.mysql_aurora.3.04.0", "8.0", .equal),
            ("8.0.mysql_aurora.3.04.0", "8.1", .less), ("16.10-R2", "16.10", .equal), ("5.6.10a", "5.6.9", .greater),
            ("6.x", "5.0.6", .greater), ("6.x", "6.2", nil), ("8.0.mysql_aurora.3.04.0", "8.0.36", nil),
            ("16.", "16", .equal),
        ] as [(String, String, ValueOrder?)])
    func `a version is compared by its leading numbers`(version: String, bound: String, order: ValueOrder?) throws {
        let version = try #require(VersionNumber(leading: version))
        #expect(version.order(to: try #require(VersionNumber(bound))) == order)
    }

    @Test(arguments: ["", ".", "7.", ".7", "7..1", "7.x", "-7", "7.-1", "7 ", "+7", "99999999999999999999"])
    func `a bound that is not a version is refused`(text: String) {
        #expect(VersionNumber(text) == nil)
    }

    @Test(arguments: ["", "v7", "x", ".7", "$Latest", "-7", "99999999999999999999"])
    func `a version without a leading number is refused`(text: String) {
        #expect(VersionNumber(leading: text) == nil)
    }
}
