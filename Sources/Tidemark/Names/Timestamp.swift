import FoundationEssentials

/// A moment in UTC, to the millisecond. Written as RFC 3339: `2026-11-23T20:40:43.123Z`.
public struct Timestamp: Hashable, Sendable, Comparable, CustomStringConvertible {
    public let millisecondsSince1970: Int64

    public init(millisecondsSince1970: Int64) {
        self.millisecondsSince1970 = millisecondsSince1970
    }

    /// A moment from RFC 3339 with any offset and any fraction of a second, or nil for anything else.
    public init?(_ text: String) {
        guard
            let match = text.wholeMatch(
                of:
                    /([0-9]{4}-[0-9]{2}-[0-9]{2})[Tt]([0-9:]{8})(\.[0-9]+)?(?:[Zz]|([+-])([01][0-9]|2[0-3]):([0-5][0-9]))/
            ),
            let date = try? Date("\(match.1)T\(match.2)Z", strategy: .iso8601),
            // Foundation reads February 30th as a day in March; what is there is written back the same.
            date.formatted(.iso8601) == "\(match.1)T\(match.2)Z"
        else { return nil }
        let offset = (Int64(match.5 ?? "") ?? 0) * 3600 + (Int64(match.6 ?? "") ?? 0) * 60
        let seconds = Int64(date.timeIntervalSince1970) - (match.4 == "-" ? -offset : offset)
        let fraction = (match.3 ?? ".").dropFirst().prefix(3)
        let milliseconds = Int64(fraction + String(repeating: "0", count: 3 - fraction.count)) ?? 0
        self.init(millisecondsSince1970: seconds * 1000 + milliseconds)
    }

    public static func now() -> Timestamp {
        Timestamp(millisecondsSince1970: Int64((Date().timeIntervalSince1970 * 1000).rounded(.down)))
    }

    public var description: String {
        let milliseconds = String(millisecondsSince1970.remainder(of: 1000))
        return "\(secondsText.dropLast()).\(String(repeating: "0", count: 3 - milliseconds.count))\(milliseconds)Z"
    }

    /// The moment for people, to the second: `2026-11-23 20:40:43Z`.
    public var readable: String {
        secondsText.split(separator: "T").joined(separator: " ")
    }

    private var secondsText: String {
        let seconds = (millisecondsSince1970 - millisecondsSince1970.remainder(of: 1000)) / 1000
        return Date(timeIntervalSince1970: Double(seconds)).formatted(.iso8601)
    }

    public static func < (left: Timestamp, right: Timestamp) -> Bool {
        left.millisecondsSince1970 < right.millisecondsSince1970
    }
}

extension Int64 {
    /// The remainder that is never negative.
    fileprivate func remainder(of divisor: Int64) -> Int64 {
        let remainder = self % divisor
        return remainder < 0 ? remainder + divisor : remainder
    }
}
