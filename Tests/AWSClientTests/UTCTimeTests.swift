import CivilTime
import Testing

@testable import AWSClient

@Suite struct UTCTimeTests {
    @Test(arguments: [
        ("2026-11-23T20:40:43Z", "2026-11-23T20:40:43Z"),
        ("2026-11-23T20:40:43.000Z", "2026-11-23T20:40:43Z"),
        ("2026-11-23T20:40:43.5Z", "2026-11-23T20:40:43.500Z"),
        ("2026-11-23T20:40:43.123999Z", "2026-11-23T20:40:43.123Z"),
        ("2026-11-23T20:40:43+02:00", "2026-11-23T18:40:43Z"),
        ("2026-01-01T00:30:00-0530", "2026-01-01T06:00:00Z"),
        ("2026-11-23T20:40Z", "2026-11-23T20:40:00Z"),
        ("2026-11-23", "2026-11-23T00:00:00Z"),
        ("1969-12-31T23:59:59.250Z", "1969-12-31T23:59:59.250Z"),
        ("2024-02-29T00:00:00Z", "2024-02-29T00:00:00Z"),
        ("Mon, 23 Nov 2026 20:40:43 GMT", "2026-11-23T20:40:43Z"),
        ("Mon, 23 Nov 2026 20:40:43 +0200", "2026-11-23T18:40:43Z"),
        ("1421161000", "2015-01-13T14:56:40Z"),
        ("1421161000.123", "2015-01-13T14:56:40.123Z"),
        ("1.421161E9", "2015-01-13T14:56:40Z"),
        ("0", "1970-01-01T00:00:00Z"),
    ])
    func `every form of AWS's is read and written as RFC 3339`(_ text: String, _ expected: String) {
        #expect(UTCTime(parsing: text)?.description == expected)
    }

    @Test(arguments: [
        "", "soon", "2026-13-01T00:00:00Z", "2026-02-29T00:00:00Z", "2026-11-23T24:00:00Z", "2026-11-23T20:40:43X",
        "2026-11-23T20:40:43.Z", "2026-11-23T", "Mon, 23 Foo 2026 20:40:43 GMT", "Mon, 23 Nov 2026 20:40:43", "0x10",
        "nan", "inf", "1e300", "2026-11-23T20:40:43Zjunk", "0000-01-01T00:00:00+01:00", "9999-12-31T23:59:59-01:00",
        "253402300800", "-62167219201",
    ])
    func `what is no time is refused`(_ text: String) {
        #expect(UTCTime(parsing: text) == nil)
    }

    @Test func `every day of eight centuries comes back as it went in`() {
        for day in stride(from: -146_097, to: 146_097, by: 1) {
            let time = Int64(day) * 86_400_000 + 45_296_789
            guard CivilTime(millisecondsSince1970: time).millisecondsSince1970 == time else {
                Issue.record("day \(day) does not come back")
                return
            }
        }
    }

    @Test func `the form for signatures has no separators`() {
        #expect(UTCTime(parsing: "2015-08-30T12:36:00Z")?.basic == "20150830T123600Z")
    }
}
