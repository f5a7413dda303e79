/// A file of the user as it was read, with its name for messages.
public struct SourceFile: Sendable, Hashable {
    /// The name as the user wrote it, for messages.
    public let name: String
    /// The whole text of the file.
    public let text: String
    /// Whether its lines may be shown. A pull request can name any file as a baseline, so that only a file with Tidemark's
    /// keys is quoted.
    package let isQuotable: Bool

    /// Creates a file whose lines are not shown in messages.
    public init(name: String, text: String) { self.init(name: name, text: text, isQuotable: false) }

    private init(name: String, text: String, isQuotable: Bool) {
        self.name = name
        self.text = text
        self.isQuotable = isQuotable
    }

    /// The same file, once its keys have shown what it is.
    package var quotable: SourceFile { SourceFile(name: name, text: text, isQuotable: true) }
}

extension SourceFile {
    /// The place of a byte of the text.
    package func position(ofByte offset: Int) -> Position {
        let before = text.utf8.prefix(offset).split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        let column = before.last.map { Substring($0).unicodeScalars.count } ?? 0
        return Position(file: name, line: max(1, before.count), column: column + 1)
    }

    /// The lines with these numbers.
    func lines(_ numbers: Set<Int>) -> [Int: [Unicode.Scalar]] {
        if numbers.isEmpty { return [:] }
        let lines = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        let named = numbers.filter((1...lines.count).contains)
        return Dictionary(
            uniqueKeysWithValues: named.map { number in
                (number, Array(Substring(lines[number - 1]).unicodeScalars.prefix { $0 != "\r" }))
            })
    }
}
