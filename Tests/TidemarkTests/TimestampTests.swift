import Testing
import Tidemark
import TidemarkTestSupport

struct TimestampTests {
    @Test(arguments: [
        ("2026-11-23T20:40:43Z", 1_795_466_443_000), ("2026-11-23T20:40:43.123Z", 1_795_466_443_123),
        ("2026-11-23T20:40:43.1Z", 1_795_466_443_100), ("2026-11-23T20:40:43.123999Z", 1_795_466_443_123),
        ("2026-11-23T21:40:43.123+01:00", 1_795_466_443_123), ("2026-11-23T15:10:43-05:30", 1_795_466_443_000),
        ("2026-11-23t20:40:43z", 1_795_466_443_000), ("1970-01-01T00:00:00Z", 0), ("1969-12-31T23:59:59.999Z", -1),
        ("1969-12-31T23:59:59Z", -1000), ("1900-03-01T00:00:00Z", -2_203_891_200_000),
        ("2000-02-29T12:00:00Z", 951_825_600_000), ("2024-02-29T00:00:00Z", 1_709_164_800_000),
    ])
    func `RFC 3339 is parsed to the millisecond`(text: String, milliseconds: Int64) {
        #expect(Timestamp(text)?.millisecondsSince1970 == milliseconds)
    }

    @Test(arguments: [
        "", "2026-11-23", "2026-11-23 20:40:43Z", "2026-11-23T20:40:43", "2026-11-23T20:40Z", "20261123T204043Z",
        "2026-11-23T20:40:43.Z", "2026-11-23T20:40:43+0100", "2026-13-01T00:00:00Z", "2026-11-31T00:00:00Z",
        "2026-02-29T00:00:00Z", "1900-02-29T00:00:00Z", "2026-11-23T24:40:43Z", "2026-11-23T20:60:43Z",
        "2026-11-23T20:40:43.١Z", "٢٠٢٦-11-23T20:40:43Z", "2026-11-23T20:40:43Z ", "x2026-11-23T20:40:43Z",
        "0000-01-01T00:00:00+01:00", "9999-12-31T23:59:59-01:00",
    ])
    func `anything but RFC 3339 is refused`(text: String) {
        #expect(Timestamp(text) == nil)
    }

    @Test(
        arguments: [
            (1_795_466_443_123, "2026-11-23T20:40:43.123Z"), (1_795_466_443_007, "2026-11-23T20:40:43.007Z"),
            (0, "1970-01-01T00:00:00.000Z"), (-1, "1969-12-31T23:59:59.999Z"), (-1000, "1969-12-31T23:59:59.000Z"),
            (951_825_600_000, "2000-02-29T12:00:00.000Z"),
        ] as [(Int64, String)])
    func `a time is written in UTC with milliseconds`(milliseconds: Int64, text: String) {
        #expect(Timestamp(millisecondsSince1970: milliseconds).description == text)
    }

    @Test func `the readable form has seconds`() {
        #expect(Timestamp(millisecondsSince1970: 1_795_466_443_999).readable == "2026-11-23 20:40:43Z")
    }

    @Test func `every millisecond is the same after writing and reading`() {
        var generator = SeededGenerator(seed: 3339)
        for _ in 0..<500 {
            let time = Timestamp(
                millisecondsSince1970: .random(in: -5_000_000_000_000...5_000_000_000_000, using: &generator))
            #expect(Timestamp(time.description) == time)
        }
    }

    @Test func `the texts of times sort like the times`() {
        var generator = SeededGenerator(seed: 1970)
        let times = (0..<200).map { _ in
            Timestamp(millisecondsSince1970: .random(in: 0...5_000_000_000_000, using: &generator))
        }
        #expect(times.sorted().map(\.description) == times.map(\.description).sorted())
    }
}
