import Yams

/// The scalars of a file, which locate the text of a value.
package struct SourceScalars {
    private let scalars: [Unicode.Scalar]
    /// The index of the first scalar of each line, as a YAML reader counts them.
    private let starts: [Int]

    package init(_ text: String) {
        let scalars = Array(text.unicodeScalars)
        self.scalars = scalars
        starts =
            [0]
            + scalars.indices.filter { index in
                YAMLLines.breaks.contains(scalars[index])
                    && !(scalars[index] == "\r" && index + 1 < scalars.count && scalars[index + 1] == "\n")
            }.map { $0 + 1 }
    }

    /// The width of the first scalars of a node's text in columns, with the quote before them.
    ///
    /// Nil if they are not on one line of the file, as in a text written as a block.
    package func width(of node: Node, upTo count: Int) -> Int? {
        guard let scalar = node.scalar, let mark = node.mark, (1...starts.count).contains(mark.line) else { return nil }
        let start = starts[mark.line - 1] + mark.column - 1
        guard start <= scalars.count else { return nil }
        var rest = scalars[start...]
        if let quote = Self.quote(of: scalar.style), rest.popFirst() != quote { return nil }
        for expected in scalar.string.unicodeScalars.prefix(count) {
            guard let first = rest.popFirst(), !YAMLLines.breaks.contains(first) else { return nil }
            switch scalar.style {
            case .singleQuoted where first == "'": rest = rest.dropFirst()
            case .doubleQuoted where first == "\\": rest = rest.dropFirst(Self.escapeLength(rest.first))
            default: if first != expected { return nil }
            }
        }
        return rest.startIndex - start
    }

    private static func quote(of style: Node.Scalar.Style) -> Unicode.Scalar? {
        switch style {
        case .singleQuoted: "'"
        case .doubleQuoted: "\""
        default: nil
        }
    }

    /// The number of scalars after the backslash: `\n`, `\x0A`, `\u2028`, `\U0001F600`.
    private static func escapeLength(_ name: Unicode.Scalar?) -> Int {
        switch name {
        case "x": 3
        case "u": 5
        case "U": 9
        default: 1
        }
    }
}
