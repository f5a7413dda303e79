/// Parses XML 1.0 as web services write it. Document types are refused, and so are entities other than the five of the
/// specification. Every document is read as UTF-8, whatever it declares, as botocore does; other bytes are refused.
/// Processing instructions and comments are skipped.
///
/// A document that ends early, does not match or continues after the root is an error, never half a document.
struct XMLReader {
    /// The deepest nesting of elements; a deeper one is an error, never a crash.
    static let maximumDepth = 256
    /// The most prefixes that may be declared at a time; each prefixed name is looked up among them.
    static let maximumPrefixes = 64

    var scanner: XMLScanner
    private let skipsDocumentType: Bool
    private var depth = 0
    /// The prefixes that open elements declare, innermost last.
    private var prefixes: [Substring] = ["xml"]

    private init(_ bytes: [UInt8], skipsDocumentType: Bool) throws(XMLError) {
        scanner = try XMLScanner(bytes)
        self.skipsDocumentType = skipsDocumentType
    }

    /// Parses a document and returns its root element.
    /// - Parameter skipsDocumentType: Whether a document type is skipped instead of refused: for errors, whose code
    ///   matters whatever precedes it. The entities that it may declare remain unknown.
    static func read(_ bytes: [UInt8], skipsDocumentType: Bool = false) throws(XMLError) -> XMLElement {
        var reader = try XMLReader(bytes, skipsDocumentType: skipsDocumentType)
        return try reader.readDocument()
    }

    private mutating func readDocument() throws(XMLError) -> XMLElement {
        try readDeclaration()
        try skipMiscellany()
        guard scanner.peek == UInt8(ascii: "<") else { throw scanner.failure("expected an element") }
        let root = try readElement()
        try skipMiscellany()
        guard scanner.isAtEnd else { throw scanner.failure("text after the root element") }
        return root
    }

    /// Parses `<?xml version="1.0" encoding="UTF-8"?>`, if present.
    private mutating func readDeclaration() throws(XMLError) {
        guard scanner.consumeDeclaration() else { return }
        var names: [String] = []
        while !scanner.consume("?>") {
            guard scanner.skipWhiteSpace() else { throw scanner.failure("a malformed declaration") }
            if scanner.consume("?>") { break }
            let (name, value) = try readAttribute()
            if name == "version", !["1.0", "1.1"].contains(value) { throw scanner.failure("a version other than 1") }
            names.append(String(name))
        }
        let orders = [["encoding"], ["standalone"], ["encoding", "standalone"], []]
        guard names.first == "version", orders.contains(Array(names.dropFirst())) else {
            throw scanner.failure("a malformed declaration")
        }
    }

    /// Skips white space, comments and processing instructions outside the root.
    private mutating func skipMiscellany() throws(XMLError) {
        while true {
            scanner.skipWhiteSpace()
            if scanner.consume("<!--") {
                try scanner.skipComment()
            } else if scanner.consume("<?") {
                try scanner.skipInstruction()
            } else if skipsDocumentType, scanner.consume("<!DOCTYPE") {
                try scanner.skipDocumentType()
            } else {
                break
            }
        }
        if scanner.isAt("<!DOCTYPE") { throw scanner.failure("a document type, which is refused") }
    }

    private mutating func readElement() throws(XMLError) -> XMLElement {
        guard depth < Self.maximumDepth else {
            throw scanner.failure("nested deeper than \(Self.maximumDepth) levels")
        }
        depth += 1
        let outerPrefixes = prefixes.count
        defer {
            depth -= 1
            prefixes.removeSubrange(outerPrefixes...)
        }
        try scanner.expect("<")
        let name = try scanner.name()
        let attributes = try readAttributes()
        var element = XMLElement(name: try localName(name), attributes: attributes)
        if scanner.consume("/>") { return element }
        try scanner.expect(">")
        try readContent(of: &element)
        // Compare bytes, here and below: to XML, the two forms of `é` are two names.
        guard try scanner.name().utf8.elementsEqual(name.utf8) else {
            throw scanner.failure("an end tag that does not match")
        }
        scanner.skipWhiteSpace()
        try scanner.expect(">")
        return element
    }

    /// Parses the content up to the end tag's name.
    private mutating func readContent(of element: inout XMLElement) throws(XMLError) {
        var text: [UInt8] = []
        while true {
            try scanner.readText(into: &text)
            if scanner.consume("</") { break }
            if scanner.consume("<!--") {
                try scanner.skipComment()
            } else if scanner.consume("<![CDATA[") {
                try scanner.readCharacterData(into: &text)
            } else if scanner.consume("<?") {
                try scanner.skipInstruction()
            } else {
                element.children.append(try readElement())
            }
        }
        // The scanner has checked that the document is UTF-8, and references add whole characters only.
        element.text = String(decoding: text, as: UTF8.self)
    }
}

extension XMLReader {
    private mutating func readAttributes() throws(XMLError) -> [XMLAttribute] {
        var attributes: [XMLAttribute] = []
        var names: Set<[UInt8]> = []
        while scanner.skipWhiteSpace(), scanner.peek != UInt8(ascii: ">"), scanner.peek != UInt8(ascii: "/") {
            let (name, value) = try readAttribute()
            guard names.insert(Array(name.utf8)).inserted else { throw scanner.failure("a repeated attribute") }
            if name.hasPrefix("xmlns:") {
                guard !value.isEmpty else { throw scanner.failure("a prefix for no namespace") }
                guard prefixes.count < Self.maximumPrefixes else { throw scanner.failure("too many prefixes") }
                prefixes.append(name.dropFirst("xmlns:".count))
            } else if name != "xmlns" {
                attributes.append(XMLAttribute(name: String(name), value: value))
            }
        }
        for attribute in attributes { _ = try localName(attribute.name[...]) }
        return attributes
    }

    private mutating func readAttribute() throws(XMLError) -> (name: Substring, value: String) {
        let name = try scanner.name()
        scanner.skipWhiteSpace()
        try scanner.expect("=")
        scanner.skipWhiteSpace()
        return (name, try scanner.quotedValue())
    }

    /// The name without its prefix, which must be declared.
    private func localName(_ name: Substring) throws(XMLError) -> String {
        guard let colon = name.utf8.firstIndex(of: UInt8(ascii: ":")) else { return String(name) }
        let local = name[name.utf8.index(after: colon)...]
        let isDeclared = prefixes.contains { $0.utf8.elementsEqual(name[..<colon].utf8) }
        guard isDeclared, !local.isEmpty, !local.utf8.contains(UInt8(ascii: ":")) else {
            throw scanner.failure("a name with an undeclared prefix")
        }
        return String(local)
    }
}
