/// Scans the parts of a written time.
package struct TimeScanner {
    private let bytes: [UInt8]
    private var position = 0

    package init(_ text: some StringProtocol) { bytes = Array(text.utf8) }

    package var isAtEnd: Bool { position == bytes.count }

    /// Moves past a character.
    /// - Returns: Whether it was there.
    package mutating func consume(_ character: Unicode.Scalar) -> Bool {
        guard !isAtEnd, bytes[position] == UInt8(ascii: character) else { return false }
        position += 1
        return true
    }

    /// Scans a number with exactly this many digits.
    package mutating func digits(_ count: Int) -> Int? {
        var number = 0
        for index in position..<position + count {
            guard index < bytes.count, let digit = Self.digit(bytes[index]) else { return nil }
            number = number * 10 + digit
        }
        position += count
        return number
    }

    /// Scans `20:40:43` with an optional fraction; false for any other text.
    package mutating func clock(into parts: inout CivilTime) -> Bool {
        guard let hour = digits(2), consume(":"), let minute = digits(2) else { return false }
        (parts.hour, parts.minute) = (hour, minute)
        guard consume(":") else { return true }
        guard let second = digits(2) else { return false }
        parts.second = second
        guard consume(".") || consume(",") else { return true }
        var (milliseconds, unit) = (0, 100)
        let start = position
        while !isAtEnd, let digit = Self.digit(bytes[position]) {
            milliseconds += digit * unit
            unit /= 10
            position += 1
        }
        parts.millisecond = milliseconds
        return position > start
    }

    /// Scans `Z`, `+02:00` or `-0500` and returns the offset in minutes. A missing offset is UTC; nil for any other
    /// text.
    package mutating func offset() -> Int? {
        if isAtEnd || consume("Z") { return 0 }
        let isWest = consume("-")
        guard isWest || consume("+"), let hours = digits(2) else { return nil }
        _ = consume(":")
        guard let minutes = isAtEnd ? 0 : digits(2), hours < 24, minutes < 60 else { return nil }
        return (hours * 60 + minutes) * (isWest ? -1 : 1)
    }

    private static func digit(_ byte: UInt8) -> Int? { (0x30...0x39).contains(byte) ? Int(byte) - 0x30 : nil }
}
