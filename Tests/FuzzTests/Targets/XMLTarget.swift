@testable import AWSClient

/// The XML reader: an element that it accepts survives being written, and a truncated document is refused.
enum XMLTarget {
    static func check(_ input: [UInt8]) throws(BrokenProperty) -> Bool {
        switch Result(catching: { () throws(XMLError) in try XMLReader.read(input) }) {
        case .success(let root):
            try check(root)
            try demandCutIsRefused(input)
        case .failure(let error):
            try demand((0...input.count).contains(error.offset), "an error is at a byte of the document")
            try demand(
                error.description.isPrintableASCII && error.description.count < 80,
                "an error shows nothing of the document")
        }
        return true
    }

    private static func check(_ root: XMLElement) throws(BrokenProperty) {
        try check(root, depth: 1)
        var text = ""
        write(root, to: &text)
        guard let read = try? XMLReader.read(Array(text.utf8)) else {
            throw BrokenProperty(description: "a written element can be read")
        }
        try demand(isSame(read, root), "a written element reads as the same element")
    }

    private static func check(_ element: XMLElement, depth: Int) throws(BrokenProperty) {
        try demand(depth <= 256, "nothing is deeper than 256 levels")
        try demand(!element.name.isEmpty && !element.name.utf8.contains(UInt8(ascii: ":")), "a name has no prefix")
        try demand(element.text.unicodeScalars.allSatisfy(isXMLCharacter), "a text has XML's characters only")
        for child in element.children { try check(child, depth: depth + 1) }
    }

    /// Checks that a document without its last `>`, which closes the root or a comment after it, is refused.
    private static func demandCutIsRefused(_ input: [UInt8]) throws(BrokenProperty) {
        let cut = input.prefix(upTo: input.lastIndex(of: UInt8(ascii: ">")) ?? 0)
        try demand((try? XMLReader.read(Array(cut))) == nil, "a document that is cut short is refused")
    }

    // MARK: Writing

    /// Writes an element with its text before its children, because the text's position among them is not kept.
    private static func write(_ element: XMLElement, to text: inout String) {
        text += "<\(element.name)"
        let prefixed = element.attributes.map(\.name).filter { $0.utf8.contains(UInt8(ascii: ":")) }
        for prefix in Set(prefixed.map { Array($0.utf8.prefix { $0 != UInt8(ascii: ":") }) }) {
            text += " xmlns:\(String(decoding: prefix, as: UTF8.self))='u'"
        }
        for attribute in element.attributes { text += " \(attribute.name)='\(escaped(attribute.value))'" }
        text += ">" + escaped(element.text)
        for child in element.children { write(child, to: &text) }
        text += "</\(element.name)>"
    }

    private static func escaped(_ text: String) -> String {
        text.unicodeScalars.reduce(into: "") { escaped, scalar in
            switch scalar {
            case "<", ">", "&", "'", "\"", "\t", "\n", "\r": escaped += "&#\(scalar.value);"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
    }

    // MARK: Comparing

    /// Compares bytes; `==` would equate what Unicode calls canonically equivalent.
    private static func isSame(_ left: XMLElement, _ right: XMLElement) -> Bool {
        isSame(left.name, right.name) && isSame(left.text, right.text)
            && left.attributes.elementsEqual(right.attributes) {
                isSame($0.name, $1.name) && isSame($0.value, $1.value)
            }
            && left.children.elementsEqual(right.children, by: isSame)
    }

    private static func isSame(_ left: String, _ right: String) -> Bool { left.utf8.elementsEqual(right.utf8) }

    /// XML 1.0 section 2.2.
    private static func isXMLCharacter(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x09, 0x0A, 0x0D, 0x20...0xD7FF, 0xE000...0xFFFD, 0x10000...0x10FFFF: true
        default: false
        }
    }
}
