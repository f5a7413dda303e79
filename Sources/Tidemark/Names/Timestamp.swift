import CivilTime

/// A moment in UTC, to the millisecond. Written as RFC 3339: `2026-11-23T20:40:43.123Z`.
public struct Timestamp: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// Milliseconds since 1970-01-01T00:00:00Z.
    public let millisecondsSince1970: Int64

    /// Creates a timestamp from milliseconds since 1970-01-01T00:00:00Z.
    public init(millisecondsSince1970: Int64) {
        self.millisecondsSince1970 = millisecondsSince1970
    }

    /// Parses RFC 3339 with any offset and any fraction of a second; nil for anything else.
    public init?(_ text: String) {
        let isLower = text.utf8.contains { $0 >= UInt8(ascii: "a") }
        var scanner = TimeScanner(isLower ? text.uppercased() : text)
        guard let year = scanner.digits(4), scanner.consume("-"), let month = scanner.digits(2), scanner.consume("-"),
            let day = scanner.digits(2), scanner.consume("T")
        else { return nil }
        var civil = CivilTime(year: year, month: month, day: day)
        guard scanner.clock(into: &civil), civil.second < 60, !scanner.isAtEnd, let offset = scanner.offset(),
            scanner.isAtEnd, let milliseconds = civil.millisecondsSince1970, Self.isRFC3339(text)
        else { return nil }
        self.init(millisecondsSince1970: milliseconds - Int64(offset) * 60_000)
        // An offset can lead to a year that has more than four digits, or is negative.
        guard CivilTime.writable.contains(millisecondsSince1970) else { return nil }
    }

    /// Whether a text has what RFC 3339 requires and ISO 8601 does not: seconds, a point, and a colon in the offset.
    private static func isRFC3339(_ text: String) -> Bool {
        let colons = text.utf8.count { $0 == UInt8(ascii: ":") }
        let isUTC = text.hasSuffix("Z") || text.hasSuffix("z")
        return colons == (isUTC ? 2 : 3) && !text.utf8.contains(UInt8(ascii: ","))
    }

    /// The time as RFC 3339 in UTC, always to the millisecond: `2026-11-23T20:40:43.123Z`.
    public var description: String { "\(civil.date("-"))T\(civil.clock(":"))\(civil.fraction)Z" }

    /// The time for people, to the second: `2026-11-23 20:40:43Z`.
    public var readable: String { "\(civil.date("-")) \(civil.clock(":"))Z" }

    private var civil: CivilTime { CivilTime(millisecondsSince1970: millisecondsSince1970) }

    /// The milliseconds by which another clock, which shows `other`, is ahead; 0 for up to two minutes, by which correct clocks
    /// can differ during a walk.
    func offset(to other: Timestamp) -> Int64 {
        let difference = other.millisecondsSince1970 - millisecondsSince1970
        return abs(difference) / 1000 > 120 ? difference : 0
    }

    static func + (time: Timestamp, milliseconds: Int64) -> Timestamp {
        Timestamp(millisecondsSince1970: time.millisecondsSince1970 + milliseconds)
    }

    /// The order in time.
    public static func < (left: Timestamp, right: Timestamp) -> Bool {
        left.millisecondsSince1970 < right.millisecondsSince1970
    }
}

extension ProgramClock {
    /// The time of day.
    package func now() -> Timestamp { Timestamp(millisecondsSince1970: millisecondsSince1970()) }
}
