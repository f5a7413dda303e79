import Yams

extension Node {
    /// The one document of a YAML file.
    /// - Throws: `FileError` for a text that is not YAML, or is empty.
    package init(yaml file: SourceFile) throws(FileError) {
        guard let node = try Self.document(yaml: file) else {
            throw FileError(
                [FileMistake(Position(file: file.name, line: 1, column: 1), "the file is empty")], in: [file])
        }
        self = node
    }

    /// The document, or nil where the file has none but comments.
    /// - Throws: `FileError` for a text that is not YAML, or too large.
    package static func document(yaml file: SourceFile) throws(FileError) -> Node? {
        guard file.text.utf8.count <= largest else {
            let size = Double(file.text.utf8.count / 104_858) / 10
            throw FileError(
                [
                    FileMistake(
                        Position(file: file.name, line: 1, column: 1),
                        "the file is too large: it has \(size) MiB, and no more than 4 are read")
                ], in: [file])
        }
        if let mistake = file.aliasedKeyMistake { throw FileError([mistake], in: [file]) }
        do {
            return try Yams.compose(yaml: file.text)
        } catch {
            throw FileError([mistake(of: error, in: file)], in: [file])
        }
    }

    /// The largest file, in bytes: larger than any that people write, and small enough to be read at once.
    private static let largest = 4 << 20

    private static func mistake(of error: any Error, in file: SourceFile) -> FileMistake {
        switch error as? YamlError {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            FileMistake(
                Position(file: file.name, line: mark.line, column: mark.column),
                problem.hasPrefix("Maximum nesting level")
                    ? "lists and maps are nested too deeply here"
                    : "not YAML: \(problem.printable)\(hint(for: mark.line, in: file.text))")
        case .duplicatedKeysInMapping(let duplicates, let context):
            FileMistake(
                secondPlace(of: duplicates.first ?? "", from: context.mark, in: file),
                "this key occurs twice in its map")
        case .reader(let problem, let offset, _, _):
            FileMistake(file.position(ofByte: offset ?? 0), "not YAML: \(problem.printable)")
        // Any other error may quote the file.
        default: FileMistake(Position(file: file.name, line: 1, column: 1), "not YAML that can be read")
        }
    }

    /// Whether this is a map with one of these keys at least.
    package func hasKey(of keys: [String]) -> Bool {
        mapping?.keys.contains { $0.string.map(keys.contains) ?? false } ?? false
    }

    /// The position of the second occurrence of a key in the map that begins at a mark; for a map in braces, its beginning.
    private static func secondPlace(of key: String, from mark: Yams.Mark, in file: SourceFile) -> Position {
        let indent = max(0, mark.column - 1)
        let lines = file.text.split(separator: "\n", omittingEmptySubsequences: false)
        let places = lines.indices.dropFirst(max(0, mark.line - 1)).prefix { index in
            // The map ends with a line that begins further left.
            index == mark.line - 1 || lines[index].prefix(indent).allSatisfy { $0 == " " }
        }.filter { index in
            let rest = lines[index].dropFirst(indent)
            let spellings = [key, "\"\(key)\"", "'\(key)'"]
            return spellings.contains { rest.hasPrefix($0) && rest.dropFirst($0.count).drop { $0 == " " }.first == ":" }
        }
        guard let second = places.dropFirst().first else {
            return Position(file: file.name, line: mark.line, column: mark.column)
        }
        return Position(file: file.name, line: second + 1, column: mark.column)
    }

    /// The hint for a line with a reference: within `[ ]` or `{ }`, YAML reads its brace as that of a map.
    private static func hint(for line: Int, in text: String) -> String {
        let lines = text.split(separator: "\n", maxSplits: line, omittingEmptySubsequences: false)
        guard line > 0, line <= lines.count, lines[line - 1].contains("${") else { return "" }
        return ": within [ ] and { } a reference needs quotes"
    }
}
