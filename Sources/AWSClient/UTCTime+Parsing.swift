import CivilTime

/// The three ways in which AWS writes a time, told apart by how they look: ISO 8601, RFC 822 (also HTTP's `Date`) and
/// seconds since 1970.
extension UTCTime {
    /// The moment that `text` names, or nil where it names none, or one that RFC 3339 cannot write. Digits below a
    /// millisecond are cut.
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
        guard CivilTime.writable.contains(milliseconds) else { return nil }
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

    /// `Mon, 23 Nov 2026 20:40:43 GMT` (RFC 9110 section 5.6.7) and RFC 822's numeric zones.
    private init?(internetDate text: String) {
        var words = text.split(separator: " ")[...]
        guard words.first?.hasSuffix(",") == true else { return nil }
        words = words.dropFirst()
        guard words.count == 5, let day = Int(words[1]), let year = Int(words[3]), words[3].count == 4,
            let month = Self.months.firstIndex(of: String(words[2]))
        else { return nil }
        var parts = CivilTime(year: year, month: month + 1, day: day)
        var scanner = TimeScanner(words[4])
        guard scanner.clock(into: &parts), scanner.isAtEnd else { return nil }
        let isUTC = ["GMT", "UTC", "Z"].contains(words[5])
        var zone = TimeScanner(isUTC ? "Z" : words[5])
        self.init(parts, offset: zone.offset(), isAtEnd: zone.isAtEnd)
    }

    /// `1421161000.123`, also as the exponent that JSON may bring: `1.421161E9`.
    private init?(epoch text: String) {
        // Double keeps milliseconds exact until the year 144683; text that is no plain number is refused.
        guard let seconds = Double(text), seconds.magnitude < 1e12, text.utf8.allSatisfy({ !$0.isHexadecimalMark })
        else { return nil }
        self.init(milliseconds: Int64((seconds * 1000).rounded()))
    }

    private init?(_ parts: CivilTime, offset minutes: Int?, isAtEnd: Bool) {
        guard isAtEnd, let minutes, let time = parts.millisecondsSince1970 else { return nil }
        self.init(milliseconds: time - Int64(minutes) * 60_000)
    }
}

extension UInt8 {
    /// `0x1p3` is a number to Swift, but not to AWS.
    fileprivate var isHexadecimalMark: Bool { self == UInt8(ascii: "x") || self == UInt8(ascii: "X") }
}
