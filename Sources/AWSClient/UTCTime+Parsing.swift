import CivilTime

/// The ways in which AWS writes a time, distinguished by their form: ISO 8601, HTTP's dates, also with RFC 822's numeric
/// zones, and seconds since 1970.
extension UTCTime {
    /// The years that boto3 can hold, 1 to 9999, in milliseconds since 1970.
    private static let known: ClosedRange<Int64> = -62_135_596_800_000...CivilTime.writable.upperBound

    /// The moment that `text` names, or nil where it names none, or one that boto3 has no value for: a leap second, or a
    /// year before 1 or after 9999. Digits below a millisecond are cut.
    public init?(parsing text: String) {
        let bytes = Array(text.utf8)
        guard let first = bytes.first else { return nil }
        if Character(Unicode.Scalar(first)).isLetter {
            self.init(internetDate: text)
        } else if bytes.count > 4, bytes[4] == UInt8(ascii: "-"), !bytes.contains(UInt8(ascii: "e")) {
            self.init(iso8601: text)
        } else {
            self.init(epoch: text)
        }
        guard Self.known.contains(milliseconds) else { return nil }
    }

    /// `2026-11-23T20:40:43.5+02:00`; without an offset the time is UTC, without a time it is midnight.
    private init?(iso8601 text: String) {
        var scanner = TimeScanner(text)
        guard let year = scanner.digits(4), scanner.take("-"), let month = scanner.digits(2), scanner.take("-"),
            let day = scanner.digits(2)
        else { return nil }
        var parts = CivilTime(year: year, month: month, day: day)
        if scanner.take("T") || scanner.take(" ") {
            guard scanner.clock(into: &parts) else { return nil }
        }
        self.init(parts, offset: scanner.offset(), isAtEnd: scanner.isAtEnd)
    }

    /// The three forms of RFC 9110 section 5.6.7, of which a recipient takes all: `Mon, 23 Nov 2026 20:40:43 GMT`,
    /// `Monday, 23-Nov-26 20:40:43 GMT`, `Mon Nov 23 20:40:43 2026`.
    private init?(internetDate text: String) {
        let all = text.split { $0 == " " || $0 == "," }
        let words = all.dropFirst()
        // Whether the weekday is that of the date does not matter.
        guard let weekday = all.first, Self.weekdays.contains(where: weekday.hasPrefix), let first = words.first else {
            return nil
        }
        if first.first?.isLetter == true {
            guard words.count == 4 else { return nil }
            self.init(day: words[2], month: first, year: words[4], clock: words[3], zone: "GMT")
        } else if let date = Self.parts(ofDate: first) {
            guard words.count == 3 else { return nil }
            self.init(day: date[0], month: date[1], year: date[2], clock: words[2], zone: words[3])
        } else {
            guard words.count == 5 else { return nil }
            self.init(day: first, month: words[2], year: words[3], clock: words[4], zone: words[5])
        }
    }

    /// `23-Nov-26`
    private static func parts(ofDate text: Substring) -> [Substring]? {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        return parts.count == 3 ? parts : nil
    }

    private init?(day: Substring, month: Substring, year: Substring, clock: Substring, zone: Substring) {
        guard (1...2).contains(day.utf8.count), let day = Int(day), let year = Self.year(year),
            let month = Self.months.firstIndex(of: String(month))
        else { return nil }
        var parts = CivilTime(year: year, month: month + 1, day: day)
        var scanner = TimeScanner(clock)
        guard scanner.clock(into: &parts), scanner.isAtEnd else { return nil }
        var offset = TimeScanner(["GMT", "UTC", "Z"].contains(zone) ? "Z" : zone)
        self.init(parts, offset: offset.offset(), isAtEnd: offset.isAtEnd)
    }

    /// Two digits are of the years 1970 to 2069. RFC 9110 counts from the current year, which would make the meaning of a
    /// recorded answer depend on when it is read.
    private static func year(_ text: Substring) -> Int? {
        guard let number = Int(text), number >= 0 else { return nil }
        return switch text.utf8.count {
        case 4: number
        case 2: number < 70 ? 2000 + number : 1900 + number
        default: nil
        }
    }

    /// `1421161000.123`, also as the exponent that JSON may bring: `1.421161E9`.
    private init?(epoch text: String) {
        guard let milliseconds = EpochSeconds(text)?.milliseconds else { return nil }
        self.init(milliseconds: milliseconds)
    }

    private init?(_ parts: CivilTime, offset minutes: Int?, isAtEnd: Bool) {
        guard isAtEnd, parts.second < 60, let minutes, let time = parts.millisecondsSince1970 else { return nil }
        self.init(milliseconds: time - Int64(minutes) * 60_000)
    }
}

/// Seconds since 1970 as a decimal number, digit by digit: in binary, a fraction can end up in the next second.
private struct EpochSeconds {
    private var isNegative = false
    /// All digits, without the point.
    private var digits: [UInt8] = []
    /// How many digits stand before the point.
    private var scale = 0

    /// No time that can be written has more digits before the point.
    private static let largestScale = 12

    init?(_ text: String) {
        var rest = Array(text.utf8)[...]
        if rest.first == UInt8(ascii: "-") || rest.first == UInt8(ascii: "+") {
            isNegative = rest.removeFirst() == UInt8(ascii: "-")
        }
        let whole = Self.takeDigits(&rest)
        digits = whole
        scale = whole.count
        if rest.first == UInt8(ascii: ".") {
            rest.removeFirst()
            digits += Self.takeDigits(&rest)
        }
        guard !digits.isEmpty else { return nil }
        if rest.first == UInt8(ascii: "e") || rest.first == UInt8(ascii: "E") {
            guard let exponent = Int(String(decoding: rest.dropFirst(), as: UTF8.self)), exponent.magnitude < 1000
            else {
                return nil
            }
            scale += exponent
            rest = []
        }
        guard rest.isEmpty else { return nil }
    }

    private static func takeDigits(_ rest: inout ArraySlice<UInt8>) -> [UInt8] {
        let digits = rest.prefix { (0x30...0x39).contains($0) }
        rest = rest.dropFirst(digits.count)
        return digits.map { $0 - 0x30 }
    }

    /// Cut towards the past, as the digits of a written time are; nil beyond all times that can be written.
    var milliseconds: Int64? {
        let zeros = digits.prefix { $0 == 0 }.count
        guard zeros < digits.count else { return 0 }
        guard scale - zeros <= Self.largestScale else { return nil }
        let kept = max(0, scale + 3)
        var number: Int64 = 0
        for index in zeros..<max(zeros, kept) { number = number * 10 + Int64(index < digits.count ? digits[index] : 0) }
        let isExact = digits.dropFirst(kept).allSatisfy { $0 == 0 }
        return isNegative ? -number - (isExact ? 0 : 1) : number
    }
}
