import CivilTime

/// A moment in UTC, in whole milliseconds since 1970. Leap seconds are not counted, as in POSIX.
public struct UTCTime: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// Milliseconds since 1970-01-01T00:00:00Z; negative before.
    public let milliseconds: Int64

    /// Creates a moment from milliseconds since 1970-01-01T00:00:00Z; negative before.
    public init(milliseconds: Int64) { self.milliseconds = milliseconds }

    /// The order in time.
    public static func < (left: UTCTime, right: UTCTime) -> Bool { left.milliseconds < right.milliseconds }

    /// The time in RFC 3339: `2026-11-23T20:40:43Z`, with milliseconds only if they are not zero.
    public var description: String {
        let parts = CivilTime(millisecondsSince1970: milliseconds)
        return "\(parts.date("-"))T\(parts.clock(":"))\(parts.millisecond == 0 ? "" : parts.fraction)Z"
    }

    /// The time in the form of HTTP headers (RFC 9110 section 5.6.7): `Mon, 23 Nov 2026 20:40:43 GMT`.
    var internetDate: String {
        let parts = CivilTime(millisecondsSince1970: milliseconds)
        let days = (Double(milliseconds) / 86_400_000).rounded(.down)
        // The first of January 1970 was a Thursday.
        let weekday = Self.weekdays[(Int(days) % 7 + 7) % 7]
        let day = parts.day < 10 ? "0\(parts.day)" : "\(parts.day)"
        let year = parts.date("-").prefix { $0 != "-" }
        return "\(weekday), \(day) \(Self.months[parts.month - 1]) \(year) \(parts.clock(":")) GMT"
    }

    static let weekdays = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
    static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

    /// The time in ISO 8601's basic format to the second, as Signature V4 uses it: `20261123T204043Z`.
    var basic: String {
        let parts = CivilTime(millisecondsSince1970: milliseconds)
        return "\(parts.date(""))T\(parts.clock(""))Z"
    }
}

extension UTCTime {
    static func + (time: UTCTime, duration: Duration) -> UTCTime {
        UTCTime(milliseconds: time.milliseconds + Int64((duration / .milliseconds(1)).rounded()))
    }

    static func - (time: UTCTime, duration: Duration) -> UTCTime { time + (.zero - duration) }
}

extension ProgramClock {
    /// The time of day, for signatures and expirations.
    func now() -> UTCTime { UTCTime(milliseconds: millisecondsSince1970()) }
}
