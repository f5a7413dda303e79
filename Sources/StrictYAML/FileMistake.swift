/// A place in a file; line and column count from 1.
public struct Position: Sendable, Hashable {
    /// The name of the file, as the user wrote it.
    public let file: String
    /// The number of the line, from 1.
    public let line: Int
    /// The number of the character in the line, from 1.
    public let column: Int

    /// Creates a position.
    public init(file: String, line: Int, column: Int) {
        self.file = file
        self.line = line
        self.column = column
    }
}

/// A mistake in a file of the user, with its position.
public struct FileMistake: Sendable, Hashable {
    /// The position of the mistake.
    public let position: Position
    /// What is wrong, in one line.
    public let message: String

    /// Creates a mistake.
    public init(_ position: Position, _ message: String) {
        self.position = position
        self.message = message
    }

    /// The mistake in one line: `baseline.yml:4:15: unknown kind 'rds.db-instanc': did you mean 'rds.db-instance'?`
    public var line: String { "\(position.file):\(position.line):\(position.column): \(message)" }
}
