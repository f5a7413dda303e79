import CivilTime

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A moment in UTC, in whole milliseconds since 1970 (leap seconds not counted, as in POSIX).
public struct UTCTime: Sendable, Hashable, Comparable, CustomStringConvertible {
    public let milliseconds: Int64

    public init(milliseconds: Int64) { self.milliseconds = milliseconds }

    /// The time of the system's clock.
    public static func now() -> UTCTime {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return UTCTime(milliseconds: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
    }

    public static func < (left: UTCTime, right: UTCTime) -> Bool { left.milliseconds < right.milliseconds }

    /// RFC 3339: `2026-11-23T20:40:43Z`, with milliseconds only if there are any.
    public var description: String {
        let parts = CivilTime(millisecondsSince1970: milliseconds)
        return "\(parts.date("-"))T\(parts.clock(":"))\(parts.millisecond == 0 ? "" : parts.fraction)Z"
    }

    /// ISO 8601's basic format, to the second, as Signature V4 wants it: `20261123T204043Z`.
    var basic: String {
        let parts = CivilTime(millisecondsSince1970: milliseconds)
        return "\(parts.date(""))T\(parts.clock(""))Z"
    }
}
