/// Scans the parts of a written time.
package struct TimeScanner {
    private var rest: ArraySlice<UInt8>

    package init(_ text: some StringProtocol) { rest = Array(text.utf8)[...] }

    package var isAtEnd: Bool { rest.isEmpty }

    /// Moves past a character.
    /// - Returns: Whether it was there.
    package mutating func consume(_ character: Unicode.Scalar) -> Bool {
        guard rest.first == UInt8(ascii: character) else { return false }
        rest = rest.dropFirst()
        return true
    }

    /// Scans a number with exactly this many digits.
    package mutating func digits(_ count: Int) -> Int? {
        let digits = rest.prefix(count)
        guard digits.count == count, digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        rest = rest.dropFirst(count)
        return digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
    }

    /// Scans `20:40:43` with an optional fraction; false for any other text.
    package mutating func clock(into parts: inout CivilTime) -> Bool {
        guard let hour = digits(2), consume(":"), let minute = digits(2) else { return false }
        (parts.hour, parts.minute) = (hour, minute)
        guard consume(":") else { return true }
        guard let second = digits(2) else { return false }
        parts.second = second
        guard consume(".") || consume(",") else { return true }
        let fraction = rest.prefix { (0x30...0x39).contains($0) }
        rest = rest.dropFirst(fraction.count)
        let padded = Array(fraction.prefix(3)) + Array("000".utf8)
        parts.millisecond = padded.prefix(3).reduce(0) { $0 * 10 + Int($1 - 0x30) }
        return !fraction.isEmpty
    }

    /// Scans `Z`, `+02:00` or `-0500` and returns the offset in minutes. A missing offset is UTC; nil for any other
    /// text.
    package mutating func offset() -> Int? {
        if rest.isEmpty || consume("Z") { return 0 }
        let isWest = consume("-")
        guard isWest || consume("+"), let hours = digits(2) else { return nil }
        _ = consume(":")
        guard let minutes = rest.isEmpty ? 0 : digits(2), hours < 24, minutes < 60 else { return nil }
        return (hours * 60 + minutes) * (isWest ? -1 : 1)
    }
}
