/// The characters of an XML document, and the tokens that the reader is built on.
struct XMLScanner {
    private let bytes: [UInt8]
    private var position = 0

    /// - Throws: `XMLError` for bytes that are not UTF-8.
    init(_ bytes: [UInt8]) throws(XMLError) {
        guard String(validating: bytes, as: UTF8.self) != nil else {
            throw XMLError(reason: "malformed UTF-8", offset: 0)
        }
        self.bytes = bytes
        // A document may start with a byte order mark.
        _ = consume("\u{FEFF}")
    }

    var isAtEnd: Bool { position == bytes.count }
    var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

    func failure(_ reason: String) -> XMLError {
        XMLError(reason: isAtEnd ? "the document ends too early" : reason, offset: position)
    }

    func isAt(_ text: StaticString) -> Bool {
        let end = position + text.utf8CodeUnitCount
        guard end <= bytes.count else { return false }
        return text.withUTF8Buffer { bytes[position..<end].elementsEqual($0) }
    }

    mutating func consume(_ text: StaticString) -> Bool {
        guard isAt(text) else { return false }
        position += text.utf8CodeUnitCount
        return true
    }

    mutating func expect(_ text: StaticString) throws(XMLError) {
        guard consume(text) else { throw failure("expected '\(text)'") }
    }

    /// Skips white space.
    /// - Returns: Whether there was any.
    @discardableResult
    mutating func skipWhiteSpace() -> Bool {
        let start = position
        while let byte = peek, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { position += 1 }
        return position > start
    }

    /// Reads a name (XML 1.0 section 2.3). Beyond ASCII, each character of a name is also allowed at its start.
    mutating func name() throws(XMLError) -> Substring {
        let start = position
        guard let first = peek, first.isXMLName, !first.isXMLNameTail else { throw failure("expected a name") }
        var isASCII = true
        while let byte = peek, byte.isXMLName {
            isASCII = isASCII && byte < 0x80
            position += 1
        }
        let name = Substring(decoding: bytes[start..<position], as: UTF8.self)
        guard isASCII || name.unicodeScalars.allSatisfy({ $0.isASCII || $0.isXMLName }) else {
            throw failure("a character in a name that XML does not allow there")
        }
        return name
    }

    /// Skips a comment, after `<!--`.
    mutating func skipComment() throws(XMLError) {
        while !consume("--") { _ = try character(inside: "a comment") }
        guard consume(">") else { throw failure("two hyphens in a comment") }
    }

    /// Consumes `<?xml` before white space; a longer name is a processing instruction.
    mutating func consumeDeclaration() -> Bool {
        let mark = "<?xml".utf8
        let end = position + mark.count
        guard isAt("<?xml"),
            end == bytes.count || [0x20, 0x0A, 0x0D, 0x09, UInt8(ascii: "?")].contains(bytes[end])
        else { return false }
        position = end
        return true
    }

    /// Skips a processing instruction, after `<?`. Its name must not be that of the declaration.
    mutating func skipInstruction() throws(XMLError) {
        guard try name().lowercased() != "xml" else { throw failure("a declaration in the middle") }
        if consume("?>") { return }
        guard skipWhiteSpace() else { throw failure("a malformed processing instruction") }
        while !consume("?>") { _ = try character(inside: "a processing instruction") }
    }

    /// Skips a document type, after `<!DOCTYPE`, with the declarations in brackets.
    mutating func skipDocumentType() throws(XMLError) {
        var isInBrackets = false
        while isInBrackets || !consume(">") {
            let byte = try character(inside: "a document type")
            if byte == UInt8(ascii: "[") { isInBrackets = true }
            if byte == UInt8(ascii: "]") { isInBrackets = false }
        }
    }

    /// Appends the text up to `]]>`, after `<![CDATA[`.
    mutating func readCharacterData(into text: inout [UInt8]) throws(XMLError) {
        while !consume("]]>") { text.append(try character(inside: "a CDATA section")) }
    }

    /// Appends the text up to the next `<`.
    mutating func readText(into text: inout [UInt8]) throws(XMLError) {
        while let byte = peek, byte != UInt8(ascii: "<") {
            if byte == UInt8(ascii: "&") {
                text += try reference()
            } else if byte == UInt8(ascii: "]"), isAt("]]>") {
                throw failure("']]>' in a text")
            } else {
                text.append(try character(inside: "a text"))
            }
        }
        if isAtEnd { throw failure("") }
    }

    /// Reads a quoted attribute value; white space in it becomes spaces (XML 1.0 section 3.3.3).
    mutating func quotedValue() throws(XMLError) -> String {
        guard let quote = peek, quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else {
            throw failure("expected a quoted value")
        }
        position += 1
        var value: [UInt8] = []
        while let byte = peek, byte != quote {
            switch byte {
            case UInt8(ascii: "<"): throw failure("'<' in an attribute")
            case UInt8(ascii: "&"): value += try reference()
            default:
                let character = try character(inside: "an attribute")
                value.append(character == 0x09 || character == 0x0A ? 0x20 : character)
            }
        }
        guard peek == quote else { throw failure("") }
        position += 1
        return String(decoding: value, as: UTF8.self)
    }
}

extension XMLScanner {
    /// Reads the next byte; a carriage return, alone or before a line feed, becomes a line feed (XML 1.0 section 2.11).
    private mutating func character(inside context: StaticString) throws(XMLError) -> UInt8 {
        guard let byte = peek else { throw failure("") }
        switch byte {
        case 0x0D:
            position += 1
            _ = consume("\n")
            return 0x0A
        case 0x00..<0x20 where byte != 0x09 && byte != 0x0A:
            throw failure("a control character in \(context)")
        // XML excludes U+FFFE and U+FFFF.
        case 0xEF where isAt("\u{FFFE}") || isAt("\u{FFFF}"):
            throw failure("a character that XML does not allow in \(context)")
        default:
            position += 1
            return byte
        }
    }

    /// The UTF-8 bytes of `&lt;`, `&#10;`, `&#xA;`.
    private mutating func reference() throws(XMLError) -> [UInt8] {
        if consume("&#") { return try numericReference() }
        if consume("&lt;") { return [UInt8(ascii: "<")] }
        if consume("&gt;") { return [UInt8(ascii: ">")] }
        if consume("&amp;") { return [UInt8(ascii: "&")] }
        if consume("&quot;") { return [UInt8(ascii: "\"")] }
        if consume("&apos;") { return [UInt8(ascii: "'")] }
        throw failure("an unknown entity")
    }

    private mutating func numericReference() throws(XMLError) -> [UInt8] {
        let radix = consume("x") ? 16 : 10
        let digits = bytes[position...].prefix(8).prefix { Character(Unicode.Scalar($0)).isHexDigit }
        position += digits.count
        guard let value = UInt32(String(decoding: digits, as: UTF8.self), radix: radix), consume(";"),
            let scalar = Unicode.Scalar(value), scalar.isXMLCharacter
        else { throw failure("a malformed character reference") }
        return Array(String(scalar).utf8)
    }
}

extension UInt8 {
    fileprivate var isXMLName: Bool {
        switch self {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "_"),
            UInt8(ascii: ":"), 0x80...:
            true
        default: isXMLNameTail
        }
    }

    /// Whether it may not be the first of a name.
    fileprivate var isXMLNameTail: Bool {
        switch self {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."): true
        default: false
        }
    }
}

extension Unicode.Scalar {
    /// XML 1.0 section 2.2; a Swift scalar is never a surrogate.
    fileprivate var isXMLCharacter: Bool {
        switch value {
        case 0x09, 0x0A, 0x0D, 0x20...0xFFFD, 0x10000...0x10FFFF: true
        default: false
        }
    }

    fileprivate var isXMLName: Bool {
        switch value {
        case 0xB7, 0xC0...0xD6, 0xD8...0xF6, 0xF8...0x37D, 0x37F...0x1FFF, 0x200C...0x200D, 0x203F...0x2040,
            0x2070...0x218F, 0x2C00...0x2FEF, 0x3001...0xD7FF, 0xF900...0xFDCF, 0xFDF0...0xFFFD, 0x10000...0xEFFFF:
            true
        default: false
        }
    }
}
