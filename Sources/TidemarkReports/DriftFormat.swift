/// One way of writing a comparison down. Each is a file of its own, and a line in `all`.
public struct DriftFormat: Sendable {
    /// As `--format` spells it.
    public let name: String
    /// What it is for, in a few words.
    public let purpose: String
    /// The syntax of what it writes: it decides how runner commands are escaped.
    package let syntax: RunnerCommands.Syntax
    /// Writes a report, dressed for where it goes.
    public let write: @Sendable (DriftReport, TextStyle) -> String

    init(
        _ name: String, _ purpose: String, in syntax: RunnerCommands.Syntax,
        write: @escaping @Sendable (DriftReport, TextStyle) -> String
    ) {
        self.name = name
        self.purpose = purpose
        self.syntax = syntax
        self.write = write
    }

    public static let all = [text, json, markdown, junit, sarif, github]

    /// The one of that name.
    public init?(named name: String) {
        guard let format = Self.all.first(where: { $0.name == name }) else { return nil }
        self = format
    }
}
