import Testing

@testable import TidemarkCLI

struct TimeSpanTests {
    @Test(arguments: [
        ("90s", 90), ("30m", 1800), ("24h", 86_400), ("7d", 604_800),
    ])
    func `a time span is a number and a unit`(text: String, seconds: Int64) {
        #expect(TimeSpan(text)?.milliseconds == seconds * 1000)
        #expect(TimeSpan(text)?.description == text)
    }

    @Test(arguments: ["", "7", "d", "-1h", "1.5h", "1w", "1 h", "1H", "1000000s", "99999999999999999999s"])
    func `any other text is refused`(text: String) {
        #expect(TimeSpan(text) == nil)
    }
}
