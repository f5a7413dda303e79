/// A place in a file; both count from 1.
public struct Position: Sendable, Hashable {
    public let line: Int
    public let column: Int

    public init(line: Int, column: Int) {
        self.line = line
        self.column = column
    }
}

/// Something in a file of the user's that cannot be meant.
public struct FileMistake: Sendable, Hashable {
    public let position: Position
    /// What is wrong, in one line.
    public let message: String

    public init(_ position: Position, _ message: String) {
        self.position = position
        self.message = message
    }
}

/// Every mistake of one file.
public struct FileError: Error, Sendable, CustomStringConvertible {
    public let file: String
    public let mistakes: [FileMistake]

    /// - Parameter mistakes: In any order; they are told in that of the file.
    public init(file: String, mistakes: [FileMistake]) {
        self.file = file
        self.mistakes = mistakes.sorted {
            ($0.position.line, $0.position.column) < ($1.position.line, $1.position.column)
        }
    }

    public var lines: [String] {
        mistakes.map { "\(file):\($0.position.line):\($0.position.column): \($0.message)" }
    }

    public var description: String { lines.joined(separator: "\n") }
}
