/// A file of the user as it was read, with its name for messages.
public struct SourceFile: Sendable, Hashable {
    public let name: String
    public let text: String
    /// Whether its lines may be shown. A pull request can name any file as a baseline, so that only a file with keys of
    /// ours is quoted.
    package let isQuotable: Bool

    public init(name: String, text: String) { self.init(name: name, text: text, isQuotable: false) }

    private init(name: String, text: String, isQuotable: Bool) {
        self.name = name
        self.text = text
        self.isQuotable = isQuotable
    }

    /// The same file, once its keys have shown what it is.
    package var quotable: SourceFile { SourceFile(name: name, text: text, isQuotable: true) }
}

/// A place in a file; line and column count from 1.
public struct Position: Sendable, Hashable {
    public let file: String
    public let line: Int
    public let column: Int

    public init(file: String, line: Int, column: Int) {
        self.file = file
        self.line = line
        self.column = column
    }
}

/// A mistake in a file of the user, with its position.
public struct FileMistake: Sendable, Hashable {
    public let position: Position
    /// What is wrong, in one line.
    public let message: String

    public init(_ position: Position, _ message: String) {
        self.position = position
        self.message = message
    }

    /// `baseline.yml:4:15: unknown kind 'rds.db-instanc': did you mean 'rds.db-instance'?`
    public var line: String { "\(position.file):\(position.line):\(position.column): \(message)" }
}

/// Every mistake of a file, and of those that it is built on.
public struct FileError: Error, Sendable, CustomStringConvertible {
    public let mistakes: [FileMistake]
    /// The lines that have mistakes and may be shown, by file and number.
    private let sources: [String: [Int: [Unicode.Scalar]]]

    /// - Parameter mistakes: In any order; duplicates are dropped, and the rest sorted by file and line.
    public init(_ mistakes: [FileMistake], in files: [SourceFile]) {
        let ranks = Dictionary(files.enumerated().map { ($1.name, $0) }) { first, _ in first }
        func rank(_ mistake: FileMistake) -> (Int, Int, Int) {
            (ranks[mistake.position.file] ?? 0, mistake.position.line, mistake.position.column)
        }
        var told: Set<FileMistake> = []
        self.mistakes = mistakes.filter { told.insert($0).inserted }.sorted { rank($0) < rank($1) }
        let places = Dictionary(grouping: self.mistakes.map(\.position), by: \.file)
        let sources = files.filter(\.isQuotable).map { ($0.name, $0.lines(Set((places[$0.name] ?? []).map(\.line)))) }
        self.sources = Dictionary(sources) { first, _ in first }
    }

    public var lines: [String] { mistakes.map(\.line) }

    public var description: String { lines.joined(separator: "\n") }

    /// The line of a mistake, and the number of characters before the mistake; for a long line, the part around
    /// it. Nil where the file has no such line, or its lines are not shown.
    public func source(of mistake: FileMistake) -> (text: String, offset: Int)? {
        guard let scalars = sources[mistake.position.file]?[mistake.position.line] else { return nil }
        let column = min(max(0, mistake.position.column - 1), scalars.count)
        let start = max(0, column - Self.lengthBefore)
        func part(_ range: Range<Int>) -> String {
            scalars[range].reduce(into: "") { $0.unicodeScalars.append($1) }.printable
        }
        let before = part(start..<column)
        return (before + part(column..<min(scalars.count, column + Self.lengthAfter)), before.count)
    }

    private static let lengthBefore = 80
    private static let lengthAfter = 80
}

extension SourceFile {
    /// The place of a byte of the text.
    package func position(ofByte offset: Int) -> Position {
        let before = text.utf8.prefix(offset).split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        let column = before.last.map { Substring($0).unicodeScalars.count } ?? 0
        return Position(file: name, line: max(1, before.count), column: column + 1)
    }

    /// The lines with these numbers.
    fileprivate func lines(_ numbers: Set<Int>) -> [Int: [Unicode.Scalar]] {
        if numbers.isEmpty { return [:] }
        let lines = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        let named = numbers.filter((1...lines.count).contains)
        return Dictionary(
            uniqueKeysWithValues: named.map { number in
                (number, Array(Substring(lines[number - 1]).unicodeScalars.prefix { $0 != "\r" }))
            })
    }
}
