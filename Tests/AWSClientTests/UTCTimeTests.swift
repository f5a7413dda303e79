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
        ("Monday, 23-Nov-26 20:40:43 GMT", "2026-11-23T20:40:43Z"),
        ("Sunday, 06-Nov-94 08:49:37 GMT", "1994-11-06T08:49:37Z"),
        ("Thursday, 01-Jan-70 00:00:00 GMT", "1970-01-01T00:00:00Z"),
        ("Sun Nov  6 08:49:37 1994", "1994-11-06T08:49:37Z"), ("Mon Nov 23 20:40:43 2026", "2026-11-23T20:40:43Z"),
        ("1767323045.9996", "2026-01-02T03:04:05.999Z"), ("1767323045.9999999999", "2026-01-02T03:04:05.999Z"),
        ("-0.0004", "1969-12-31T23:59:59.999Z"), ("-1.5", "1969-12-31T23:59:58.500Z"), ("+1", "1970-01-01T00:00:01Z"),
        ("1767323045999.6e-3", "2026-01-02T03:04:05.999Z"), ("1e-999", "1970-01-01T00:00:00Z"),
        ("0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z"), ("-62135596800", "0001-01-01T00:00:00Z"),
        ("1421161000", "2015-01-13T14:56:40Z"),
        ("1421161000.123", "2015-01-13T14:56:40.123Z"),
        ("1.421161E9", "2015-01-13T14:56:40Z"),
        ("0", "1970-01-01T00:00:00Z"),
    ])
    func `every form that AWS uses is parsed and written as RFC 3339`(_ text: String, _ expected: String) {
        #expect(UTCTime(parsing: text)?.description == expected)
    }

    @Test(arguments: [
        "", "soon", "2026-13-01T00:00:00Z", "2026-02-29T00:00:00Z", "2026-11-23T24:00:00Z", "2026-11-23T20:40:43X",
        "2026-11-23T20:40:43.Z", "2026-11-23T", "Mon, 23 Foo 2026 20:40:43 GMT", "Mon, 23 Nov 2026 20:40:43", "0x10",
        "nan", "inf", "1e300", "2026-11-23T20:40:43Zjunk", "0000-01-01T00:00:00+01:00", "9999-12-31T23:59:59-01:00",
        "253402300800", "-62135596801", "-62135596800.0001", "0000-12-31T23:59:59Z", "0001-01-01T00:00:00+01:00",
        "2026-01-02T23:59:60Z", "Fri, 02 Jan 2026 23:59:60 GMT", "1e1000000000000", ".", "-", "1e", "1.5.5", "e5",
        "99e98",
        "Monday, 23-Nov-126 20:40:43 GMT", "Monday, 23-Nov GMT", "Foo, 23 Nov 2026 20:40:43 GMT", "Mon Nov 23 2026",
        "Mon",
    ])
    func `a text that is not a time is refused`(_ text: String) {
        #expect(UTCTime(parsing: text) == nil)
    }

    @Test func `every day of eight centuries survives a round trip`() {
        for day in stride(from: -146_097, to: 146_097, by: 1) {
            let time = Int64(day) * 86_400_000 + 45_296_789
            guard CivilTime(millisecondsSince1970: time).millisecondsSince1970 == time else {
                Issue.record("day \(day) does not survive a round trip")
                return
            }
        }
    }

    @Test func `a year in HTTP's form has four digits`() {
        #expect(UTCTime(parsing: "0001-01-01T00:00:00Z")?.internetDate == "Mon, 01 Jan 0001 00:00:00 GMT")
    }

    @Test func `the form for signatures has no separators`() {
        #expect(UTCTime(parsing: "2015-08-30T12:36:00Z")?.basic == "20150830T123600Z")
    }
}
