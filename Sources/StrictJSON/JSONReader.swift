/// A strict reader of RFC 8259: it refuses trailing commas, a second value, duplicate keys, unpaired surrogates,
/// malformed UTF-8 and a byte order mark.
struct JSONReader {
    /// The deepest nesting of arrays and objects; a deeper one is an error, never a crash.
    static let maximumDepth = 256

    private let bytes: [UInt8]
    /// Whether duplicate keys and unpaired surrogates are accepted.
    private let isLenient: Bool
    private var position = 0
    private var depth = 0

    init(_ bytes: [UInt8], isLenient: Bool = false) {
        self.bytes = bytes
        self.isLenient = isLenient
    }

    mutating func readDocument() throws(JSONError) -> JSON {
        let value = try readValue()
        skipWhiteSpace()
        guard position == bytes.count else { throw failure("text after the value") }
        return value
    }

    private mutating func readValue() throws(JSONError) -> JSON {
        skipWhiteSpace()
        switch peek {
        case UInt8(ascii: "{"): return try nested { reader throws(JSONError) in try reader.readObject() }
        case UInt8(ascii: "["): return try nested { reader throws(JSONError) in try reader.readArray() }
        case UInt8(ascii: "\""): return .string(try readString())
        case UInt8(ascii: "t"): return try readWord("true", .bool(true))
        case UInt8(ascii: "f"): return try readWord("false", .bool(false))
        case UInt8(ascii: "n"): return try readWord("null", .null)
        case nil: throw failure("the text ends too early")
        default: return .number(try readNumber())
        }
    }

    private mutating func nested(
        _ read: (inout JSONReader) throws(JSONError) -> JSON
    ) throws(JSONError) -> JSON {
        guard depth < Self.maximumDepth else { throw failure("nested deeper than \(Self.maximumDepth) levels") }
        depth += 1
        defer { depth -= 1 }
        return try read(&self)
    }

    private mutating func readArray() throws(JSONError) -> JSON {
        position += 1
        var values: [JSON] = []
        skipWhiteSpace()
        if consume("]") { return .array(values) }
        while true {
            values.append(try readValue())
            skipWhiteSpace()
            if consume("]") { return .array(values) }
            try expect(",")
        }
    }

    private mutating func readObject() throws(JSONError) -> JSON {
        position += 1
        var members: [JSONObject.Member] = []
        skipWhiteSpace()
        if consume("}") { return .object(JSONObject()) }
        while true {
            skipWhiteSpace()
            guard peek == UInt8(ascii: "\"") else { throw failure("expected a key") }
            let key = try readString()
            skipWhiteSpace()
            try expect(":")
            members.append((key, try readValue()))
            skipWhiteSpace()
            if consume("}") { break }
            try expect(",")
        }
        if isLenient { return .object(JSONObject(members)) }
        try refuseDuplicates(in: members)
        return .object(JSONObject(distinct: members))
    }

    private func refuseDuplicates(in members: [JSONObject.Member]) throws(JSONError) {
        if JSONObject.areSorted(members) { return }
        let keys = members.map(\.key).sorted { $0.precedesByUTF8($1) }
        for (key, next) in zip(keys, keys.dropFirst()) where key.isIdenticalText(to: next) {
            throw failure("a duplicate key in an object")
        }
    }

    private mutating func readNumber() throws(JSONError) -> JSONNumber {
        var scanner = JSONNumberScanner(bytes[position...])
        guard scanner.scan() else { throw failure("expected a value") }
        defer { position = scanner.index }
        return JSONNumber(scanned: String(decoding: bytes[position..<scanner.index], as: UTF8.self))
    }

    private mutating func readWord(_ word: StaticString, _ value: JSON) throws(JSONError) -> JSON {
        let end = position + word.utf8CodeUnitCount
        guard end <= bytes.count, bytes[position..<end].elementsEqual(word.description.utf8) else {
            throw failure("expected a value")
        }
        position = end
        return value
    }

    private mutating func readString() throws(JSONError) -> String {
        position += 1
        var text = consumePlainText()
        // Most strings have no escapes.
        if consume("\"") { return String(decoding: text, as: UTF8.self) }
        while let byte = peek {
            switch byte {
            case UInt8(ascii: "\""):
                guard let string = String(validating: text, as: UTF8.self) else { throw failure("malformed UTF-8") }
                position += 1
                return string
            case UInt8(ascii: "\\"):
                position += 1
                text += try readEscape()
            case 0..<0x20:
                throw failure("a control character in a string")
            default:
                text.append(byte)
                position += 1
            }
        }
        throw failure("the text ends inside a string")
    }

    /// Consumes printable ASCII up to a quote or an escape.
    private mutating func consumePlainText() -> ArraySlice<UInt8> {
        let text = bytes[position...].prefix { byte in
            0x20..<0x7F ~= byte && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
        }
        position = text.endIndex
        return text
    }

    private mutating func readEscape() throws(JSONError) -> [UInt8] {
        guard let byte = peek else { throw failure("the text ends inside a string") }
        position += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [byte]
        case UInt8(ascii: "b"): return [0x08]
        case UInt8(ascii: "f"): return [0x0C]
        case UInt8(ascii: "n"): return [0x0A]
        case UInt8(ascii: "r"): return [0x0D]
        case UInt8(ascii: "t"): return [0x09]
        case UInt8(ascii: "u"): return try readUnicodeEscape()
        default: throw failure("an unknown escape")
        }
    }

    private mutating func readUnicodeEscape() throws(JSONError) -> [UInt8] {
        let unit = try readUnit()
        let afterFirst = position
        var units = [unit]
        if UTF16.isLeadSurrogate(unit), consume("\\"), consume("u") { units.append(try readUnit()) }
        if let text = String(validating: units, as: UTF16.self) { return Array(text.utf8) }
        guard isLenient else { throw failure("an unpaired surrogate") }
        // The following escape may be a character of its own.
        position = afterFirst
        return Array("\u{FFFD}".utf8)
    }

    private mutating func readUnit() throws(JSONError) -> UInt16 {
        let end = position + 4
        guard end <= bytes.count else { throw failure("the text ends inside a string") }
        let digits = bytes[position..<end]
        let isHexadecimal = digits.allSatisfy { Character(Unicode.Scalar($0)).isHexDigit }
        guard isHexadecimal, let unit = UInt16(String(decoding: digits, as: UTF8.self), radix: 16) else {
            throw failure("an escape without four hexadecimal digits")
        }
        position = end
        return unit
    }

    private var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func consume(_ character: Unicode.Scalar) -> Bool {
        guard peek == UInt8(ascii: character) else { return false }
        position += 1
        return true
    }

    private mutating func expect(_ character: Unicode.Scalar) throws(JSONError) {
        guard consume(character) else { throw failure("expected '\(character)'") }
    }

    private mutating func skipWhiteSpace() {
        while let byte = peek, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { position += 1 }
    }

    private func failure(_ reason: String) -> JSONError { JSONError(reason: reason, offset: position) }
}
