import CivilTime

/// A day in UTC: `2026-12-31`.
public struct Day: Hashable, Sendable, Comparable, CustomStringConvertible {
    private let civil: CivilTime
    /// The first moment after the day.
    public let end: Timestamp

    /// Parses a day; nil for any other spelling, and for a date that does not exist.
    public init?(_ text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        let numbers = parts.compactMap { part in part.allSatisfy { ("0"..."9").contains($0) } ? Int(part) : nil }
        guard numbers.count == 3, parts.map(\.count) == [4, 2, 2] else { return nil }
        civil = CivilTime(year: numbers[0], month: numbers[1], day: numbers[2])
        guard let start = civil.millisecondsSince1970 else { return nil }
        end = Timestamp(millisecondsSince1970: start + 86_400_000)
    }

    /// The day of a moment.
    public init(of moment: Timestamp) {
        let now = CivilTime(millisecondsSince1970: moment.millisecondsSince1970)
        civil = CivilTime(year: now.year, month: now.month, day: now.day)
        let (days, rest) = moment.millisecondsSince1970.quotientAndRemainder(dividingBy: 86_400_000)
        end = Timestamp(millisecondsSince1970: (rest < 0 ? days : days + 1) * 86_400_000)
    }

    /// The order in time.
    public static func < (left: Day, right: Day) -> Bool { left.end < right.end }

    /// The day as ISO 8601: `2026-12-31`.
    public var description: String { civil.date("-") }
}
