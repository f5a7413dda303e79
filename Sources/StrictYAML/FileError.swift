import StrictJSON

/// Every mistake of a file, and of those that it is built on.
public struct FileError: Error, Sendable, CustomStringConvertible {
    /// The mistakes, each once, in the order of the files and of the lines in them.
    public let mistakes: [FileMistake]
    /// The lines that have mistakes and may be shown, by file and number.
    private let sources: [String: [Int: [Unicode.Scalar]]]

    /// Creates an error from mistakes in any order, some of which may be duplicates.
    /// - Parameter files: The files of the mistakes, in the order in which they are reported.
    public init(_ mistakes: [FileMistake], in files: [SourceFile]) {
        let ranks = Dictionary(files.enumerated().map { ($1.name, $0) }) { first, _ in first }
        func rank(_ mistake: FileMistake) -> (Int, Int, Int) {
            (ranks[mistake.position.file] ?? 0, mistake.position.line, mistake.position.column)
        }
        var seen: Set<FileMistake> = []
        self.mistakes = mistakes.filter { seen.insert($0).inserted }.sorted { rank($0) < rank($1) }
        let places = Dictionary(grouping: self.mistakes.map(\.position), by: \.file)
        let sources = files.filter(\.isQuotable).map { ($0.name, $0.lines(Set((places[$0.name] ?? []).map(\.line)))) }
        self.sources = Dictionary(sources) { first, _ in first }
    }

    /// Each mistake in one line, with its position.
    public var lines: [String] { mistakes.map(\.line) }

    /// All mistakes, one in each line.
    public var description: String { lines.joined(separator: "\n") }

    /// The line of a mistake, and the number of characters before the mistake; for a long line, the part around
    /// it. Nil if the file has no such line, or its lines are not shown.
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
