import Yams

extension Node {
    /// The one document of a YAML file.
    /// - Throws: `FileError` for a text that is no YAML, or has nothing in it.
    init(yaml text: String, file: String) throws(FileError) {
        guard let node = try Self.document(yaml: text, file: file) else {
            throw FileError(file: file, mistakes: [FileMistake(Position(line: 1, column: 1), "the file is empty")])
        }
        self = node
    }

    /// The document, or nil where the file has none but comments.
    /// - Throws: `FileError` for a text that is no YAML.
    static func document(yaml text: String, file: String) throws(FileError) -> Node? {
        do {
            return try Yams.compose(yaml: text)
        } catch {
            throw FileError(file: file, mistakes: [mistake(of: error, in: text)])
        }
    }

    private static func mistake(of error: any Error, in text: String) -> FileMistake {
        switch error as? YamlError {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            FileMistake(
                Position(line: mark.line, column: mark.column),
                "not YAML: \(problem.printable)\(hint(for: mark.line, in: text))")
        case .duplicatedKeysInMapping(let duplicates, let context):
            FileMistake(
                Position(line: context.mark.line, column: context.mark.column),
                "a key stands twice: '\(duplicates.map { "\($0)" }.joined(separator: "', '").printable)'")
        default: FileMistake(Position(line: 1, column: 1), "not YAML: \("\(error)".printable)")
        }
    }

    /// YAML takes the brace of a bare reference in `[ ]` or `{ }` for a map's.
    private static func hint(for line: Int, in text: String) -> String {
        let lines = text.split(separator: "\n", maxSplits: line, omittingEmptySubsequences: false)
        guard line > 0, line <= lines.count, lines[line - 1].contains("${") else { return "" }
        return ": within [ ] and { } a reference needs quotes"
    }
}
