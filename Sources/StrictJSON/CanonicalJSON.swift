extension JSON {
    /// Canonical JSON, the form that is hashed: keys in the order of their UTF-8 bytes, no white space, strings escaped
    /// as in RFC 8785 section 3.2.2.2, numbers as they were spelled.
    public var canonical: String {
        String(decoding: canonicalBytes, as: UTF8.self)
    }

    /// `canonical` as UTF-8.
    public var canonicalBytes: [UInt8] {
        var writer = JSONWriter(indentation: nil)
        writer.write(self)
        return writer.bytes
    }

    /// Indented JSON for people: two spaces per level, members in their original order.
    public var pretty: String { indented(by: 0) }

    /// `pretty` as an element of a longer document, with every line indented by some spaces.
    package func pretty(indentedBy spaces: Int) -> String {
        String(repeating: " ", count: spaces) + indented(by: spaces)
    }

    private func indented(by spaces: Int) -> String {
        var writer = JSONWriter(indentation: spaces)
        writer.write(self)
        return String(decoding: writer.bytes, as: UTF8.self)
    }
}

/// A writer of JSON in one of two forms: canonical, or indented for people.
private struct JSONWriter {
    private(set) var bytes: [UInt8] = []
    /// The current indentation in spaces; nil for the canonical form.
    private var indentation: Int?

    init(indentation: Int?) { self.indentation = indentation }

    mutating func write(_ value: JSON) {
        switch value {
        case .null: append("null")
        case .bool(let value): append(value ? "true" : "false")
        case .number(let value): append(value.lexeme)
        case .string(let value): bytes.append(quoted: value)
        case .array(let values): writeList(values, "[", "]") { $0.write($1) }
        case .object(let object):
            writeList(indentation == nil ? object.sortedMembers : object.members, "{", "}") { writer, member in
                writer.bytes.append(quoted: member.key)
                writer.append(writer.indentation == nil ? ":" : ": ")
                writer.write(member.value)
            }
        }
    }

    private mutating func writeList<Element>(
        _ elements: [Element], _ open: String, _ close: String, each: (inout JSONWriter, Element) -> Void
    ) {
        append(open)
        indentation? += 2
        for (index, element) in elements.enumerated() {
            if index > 0 { append(",") }
            startLine()
            each(&self, element)
        }
        indentation? -= 2
        if !elements.isEmpty { startLine() }
        append(close)
    }

    private mutating func startLine() {
        guard let indentation else { return }
        bytes.append(0x0A)
        bytes.append(contentsOf: repeatElement(0x20, count: indentation))
    }

    private mutating func append(_ text: String) {
        bytes.append(contentsOf: text.utf8)
    }
}

extension [UInt8] {
    /// Appends a string in quotation marks, escaped as in canonical JSON.
    package mutating func append(quoted string: String) {
        append(UInt8(ascii: "\""))
        var string = string
        string.withUTF8 { text in
            if text.allSatisfy(\.isPlainInJSON) { append(contentsOf: text) } else { append(escaped: text) }
        }
        append(UInt8(ascii: "\""))
    }

    private mutating func append(escaped text: UnsafeBufferPointer<UInt8>) {
        for byte in text {
            switch byte {
            case UInt8(ascii: "\""): self += "\\\"".utf8
            case UInt8(ascii: "\\"): self += "\\\\".utf8
            case 0x08: self += "\\b".utf8
            case 0x09: self += "\\t".utf8
            case 0x0A: self += "\\n".utf8
            case 0x0C: self += "\\f".utf8
            case 0x0D: self += "\\r".utf8
            case 0..<0x20: self += ((byte < 0x10 ? "\\u000" : "\\u00") + String(byte, radix: 16)).utf8
            default: append(byte)
            }
        }
    }
}

extension UInt8 {
    /// Whether a byte of UTF-8 stands for itself in a string of JSON.
    fileprivate var isPlainInJSON: Bool { self >= 0x20 && self != UInt8(ascii: "\"") && self != UInt8(ascii: "\\") }
}
