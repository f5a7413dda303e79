import CivilTime

/// Parsing of the forms in which AWS writes a time: ISO 8601, HTTP's dates, also with RFC 822's numeric zones, and
/// seconds since 1970.
extension UTCTime {
    /// The times that boto3 can represent, the years 1 to 9999, in milliseconds since 1970.
    private static let known: ClosedRange<Int64> = -62_135_596_800_000...CivilTime.writable.upperBound

    /// Parses a time; nil for any other text, and for a time that boto3 cannot represent: a leap second, or a year
    /// before 1 or after 9999. Digits below a millisecond are cut off.
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

    /// Parses `2026-11-23T20:40:43.5+02:00`; without an offset the time is UTC, without a time it is midnight.
    private init?(iso8601 text: String) {
        var scanner = TimeScanner(text)
        guard let year = scanner.digits(4), scanner.consume("-"), let month = scanner.digits(2), scanner.consume("-"),
            let day = scanner.digits(2)
        else { return nil }
        var parts = CivilTime(year: year, month: month, day: day)
        if scanner.consume("T") || scanner.consume(" ") {
            guard scanner.clock(into: &parts) else { return nil }
        }
        self.init(parts, offset: scanner.offset(), isAtEnd: scanner.isAtEnd)
    }

    /// Parses the three forms that RFC 9110 section 5.6.7 requires of a recipient: `Mon, 23 Nov 2026 20:40:43 GMT`,
    /// `Monday, 23-Nov-26 20:40:43 GMT`, `Mon Nov 23 20:40:43 2026`.
    private init?(internetDate text: String) {
        let all = text.split { $0 == " " || $0 == "," }
        let words = all.dropFirst()
        // The weekday is not compared with the date.
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

    /// The parts of `23-Nov-26`.
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

    /// The year of two or four digits; two digits mean 1970 to 2069. RFC 9110 counts from the current year, which would
    /// make the meaning of a recorded answer depend on when it is read.
    private static func year(_ text: Substring) -> Int? {
        guard let number = Int(text), number >= 0 else { return nil }
        return switch text.utf8.count {
        case 4: number
        case 2: number < 70 ? 2000 + number : 1900 + number
        default: nil
        }
    }

    /// Parses `1421161000.123`, also with an exponent, which JSON allows: `1.421161E9`.
    private init?(epoch text: String) {
        guard let milliseconds = EpochSeconds(text)?.milliseconds else { return nil }
        self.init(milliseconds: milliseconds)
    }

    private init?(_ parts: CivilTime, offset minutes: Int?, isAtEnd: Bool) {
        guard isAtEnd, parts.second < 60, let minutes, let time = parts.millisecondsSince1970 else { return nil }
        self.init(milliseconds: time - Int64(minutes) * 60_000)
    }
}

/// Seconds since 1970 as a decimal number. Digits are kept, because a binary fraction can be rounded into the next
/// second.
private struct EpochSeconds {
    private var isNegative = false
    /// All digits, without the decimal point.
    private var digits: [UInt8] = []
    /// The number of digits before the decimal point.
    private var scale = 0

    /// The most digits that a representable time has before the decimal point.
    private static let largestScale = 12

    init?(_ text: String) {
        var rest = Array(text.utf8)[...]
        if rest.first == UInt8(ascii: "-") || rest.first == UInt8(ascii: "+") {
            isNegative = rest.removeFirst() == UInt8(ascii: "-")
        }
        let whole = Self.consumeDigits(&rest)
        digits = whole
        scale = whole.count
        if rest.first == UInt8(ascii: ".") {
            rest.removeFirst()
            digits += Self.consumeDigits(&rest)
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

    private static func consumeDigits(_ rest: inout ArraySlice<UInt8>) -> [UInt8] {
        let digits = rest.prefix { (0x30...0x39).contains($0) }
        rest = rest.dropFirst(digits.count)
        return digits.map { $0 - 0x30 }
    }

    /// The time in milliseconds, rounded towards the past like the digits of a written time; nil beyond every
    /// representable time.
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
