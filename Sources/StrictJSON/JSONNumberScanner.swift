/// Scans one number by the grammar of RFC 8259 section 6: no leading zeros, no bare point, no `+`.
struct JSONNumberScanner<Bytes: Collection<UInt8>> {
    private let bytes: Bytes
    private(set) var index: Bytes.Index

    init(_ bytes: Bytes) {
        self.bytes = bytes
        index = bytes.startIndex
    }

    var isAtEnd: Bool { index == bytes.endIndex }

    /// Moves past one number; false where there is none.
    mutating func scan() -> Bool {
        _ = take("-")
        guard take("0") || takeDigits() else { return false }
        if take("."), !takeDigits() { return false }
        if take("e") || take("E") {
            if !take("+") { _ = take("-") }
            return takeDigits()
        }
        return true
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard index < bytes.endIndex, bytes[index] == UInt8(ascii: character) else { return false }
        index = bytes.index(after: index)
        return true
    }

    private mutating func takeDigits() -> Bool {
        let start = index
        while index < bytes.endIndex, case UInt8(ascii: "0")...UInt8(ascii: "9") = bytes[index] {
            index = bytes.index(after: index)
        }
        return index > start
    }
}
