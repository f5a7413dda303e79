/// A format of the drift report. Each is a file and a line in `all`.
public struct DriftFormat: Sendable {
    /// The name, as `--format` takes it.
    public let name: String
    /// The purpose, in a few words.
    public let purpose: String
    /// The syntax of the output, which decides how runner commands are escaped.
    package let syntax: RunnerCommands.Syntax
    /// Renders a report in a style.
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

    /// Every format, in the order in which help lists them; the first is the default.
    public static let all = [text, json, markdown, junit, sarif, github, csv]

    /// The format of that name; nil if there is none.
    public init?(named name: String) {
        guard let format = Self.all.first(where: { $0.name == name }) else { return nil }
        self = format
    }
}
