/// A scanner for the grammar of numbers in RFC 8259 section 6: no leading zeros, no bare point, no `+`.
struct JSONNumberScanner<Bytes: Collection<UInt8>> {
    private let bytes: Bytes
    private(set) var index: Bytes.Index

    init(_ bytes: Bytes) {
        self.bytes = bytes
        index = bytes.startIndex
    }

    var isAtEnd: Bool { index == bytes.endIndex }

    /// Moves past one number.
    /// - Returns: False if there is none.
    mutating func scan() -> Bool {
        _ = consume("-")
        guard consume("0") || consumeDigits() else { return false }
        if consume("."), !consumeDigits() { return false }
        if consume("e") || consume("E") {
            if !consume("+") { _ = consume("-") }
            return consumeDigits()
        }
        return true
    }

    private mutating func consume(_ character: Unicode.Scalar) -> Bool {
        guard index < bytes.endIndex, bytes[index] == UInt8(ascii: character) else { return false }
        index = bytes.index(after: index)
        return true
    }

    private mutating func consumeDigits() -> Bool {
        let start = index
        while index < bytes.endIndex, case UInt8(ascii: "0")...UInt8(ascii: "9") = bytes[index] {
            index = bytes.index(after: index)
        }
        return index > start
    }
}
