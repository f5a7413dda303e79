/// A date and time of day in the Gregorian calendar.
package struct CivilTime: Hashable {
    package var year: Int
    package var month: Int
    package var day: Int
    package var hour = 0
    package var minute = 0
    package var second = 0
    package var millisecond = 0

    package init(year: Int, month: Int, day: Int) {
        (self.year, self.month, self.day) = (year, month, day)
    }

    /// The date with a separator: `2026-11-23`.
    package func date(_ separator: String) -> String {
        [padded(year, 4), padded(month, 2), padded(day, 2)].joined(separator: separator)
    }

    /// The time of day with a separator: `20:40:43`.
    package func clock(_ separator: String) -> String {
        [padded(hour, 2), padded(minute, 2), padded(second, 2)].joined(separator: separator)
    }

    /// The milliseconds as a fraction: `.123`.
    package var fraction: String { "." + padded(millisecond, 3) }

    private func padded(_ number: Int, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}

extension CivilTime {
    /// The times that RFC 3339 can represent with its four digits for the year, 0 to 9999, in milliseconds since 1970.
    package static let writable: ClosedRange<Int64> = -62_167_219_200_000...253_402_300_799_999

    /// Converts from milliseconds since 1970 in UTC. Leap seconds are not counted, as in POSIX.
    package init(millisecondsSince1970 milliseconds: Int64) {
        let (days, rest) = Self.floorDivide(Int(milliseconds), 86_400_000)
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

    /// The time as milliseconds since 1970 in UTC; nil if the calendar has no such day or the day no such time.
    package var millisecondsSince1970: Int64? {
        guard (0...9999).contains(year), (1...12).contains(month), (1...daysOfMonth).contains(day) else { return nil }
        // A leap second, 60, equals the next second, as in POSIX.
        guard (0..<24).contains(hour), (0..<60).contains(minute), (0...60).contains(second) else { return nil }
        let shiftedYear = month <= 2 ? year - 1 : year
        let (era, yearOfEra) = Self.floorDivide(shiftedYear, 400)
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        let days = era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
        let seconds = days * 86_400 + hour * 3600 + minute * 60 + second
        return Int64(seconds * 1000 + millisecond)
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
