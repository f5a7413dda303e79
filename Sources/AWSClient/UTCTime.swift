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
        let parts = CivilTime(self)
        let fraction = parts.millisecond == 0 ? "" : "." + padded(parts.millisecond, 3)
        return "\(date(parts, "-"))T\(clock(parts, ":"))\(fraction)Z"
    }

    /// ISO 8601's basic format, to the second, as Signature V4 wants it: `20261123T204043Z`.
    var basic: String {
        let parts = CivilTime(self)
        return "\(date(parts, ""))T\(clock(parts, ""))Z"
    }

    private func date(_ parts: CivilTime, _ separator: String) -> String {
        [padded(parts.year, 4), padded(parts.month, 2), padded(parts.day, 2)].joined(separator: separator)
    }

    private func clock(_ parts: CivilTime, _ separator: String) -> String {
        [padded(parts.hour, 2), padded(parts.minute, 2), padded(parts.second, 2)].joined(separator: separator)
    }

    private func padded(_ number: Int, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}

/// A moment by the Gregorian calendar.
struct CivilTime: Hashable {
    var year: Int
    var month: Int
    var day: Int
    var hour = 0
    var minute = 0
    var second = 0
    var millisecond = 0
}

extension CivilTime {
    init(_ time: UTCTime) {
        let (days, rest) = Self.floorDivide(Int(time.milliseconds), 86_400_000)
        // Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", civil_from_days: eras of 400 years that begin
        // on the first of March.
        let (era, dayOfEra) = Self.floorDivide(days + 719_468, 146_097)
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        hour = rest / 3_600_000
        minute = rest / 60_000 % 60
        second = rest / 1000 % 60
        millisecond = rest % 1000
    }

    /// The moment in UTC, or nil where the calendar has no such day or the day no such time.
    var time: UTCTime? {
        guard (0...9999).contains(year), (1...12).contains(month), (1...daysOfMonth).contains(day) else { return nil }
        // A leap second, 60, counts as the second after it, as in POSIX.
        guard (0..<24).contains(hour), (0..<60).contains(minute), (0...60).contains(second) else { return nil }
        let shiftedYear = month <= 2 ? year - 1 : year
        let (era, yearOfEra) = Self.floorDivide(shiftedYear, 400)
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        let days = era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
        let seconds = days * 86_400 + hour * 3600 + minute * 60 + second
        return UTCTime(milliseconds: Int64(seconds * 1000 + millisecond))
    }

    private var daysOfMonth: Int {
        let isLeapYear = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        return [31, isLeapYear ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
    }

    private static func floorDivide(_ number: Int, _ by: Int) -> (quotient: Int, remainder: Int) {
        let remainder = ((number % by) + by) % by
        return ((number - remainder) / by, remainder)
    }
}
