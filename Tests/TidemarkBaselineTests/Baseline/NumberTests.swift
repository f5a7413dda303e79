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
        ("7.9", "7.10"), ("7", "7.1"), ("7.0", "7.0.1"), ("6.9.9", "7"), ("9", "10"), ("0", "0.0.1"), ("1.2.3", "1.10"),
    ])
    func `a dotted number is compared part by part`(smaller: String, greater: String) throws {
        let (smaller, greater) = (try #require(DottedNumber(smaller)), try #require(DottedNumber(greater)))
        #expect(smaller < greater)
        #expect(!(greater < smaller))
        #expect(smaller != greater)
    }

    @Test func `trailing zero parts do not matter`() {
        #expect(DottedNumber("7") == DottedNumber("7.0"))
        #expect(DottedNumber("7.0.0")! >= DottedNumber("7")!)
        #expect(DottedNumber("0") == DottedNumber("0.0"))
        #expect(DottedNumber("7.1") != DottedNumber("7.10"))
    }

    @Test(arguments: ["", ".", "7.", ".7", "7..1", "7.x", "-7", "7.-1", "7 ", "+7", "99999999999999999999"])
    func `a dotted number with an invalid part is refused`(text: String) {
        #expect(DottedNumber(text) == nil)
    }
}
