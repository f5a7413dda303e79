import ArgumentParser
import Tidemark
import TidemarkHistory

/// Which history, and which environment in it.
struct HistoryOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The history's file (else TIDEMARK_HISTORY, else tidemark.sqlite).", valueName: "file"))
    var history: String?

    @Option(name: [.customShort("e"), .long], help: "The environment's name; needed where there is more than one.")
    var environment: String?

    func path() throws(Failure) -> String {
        let path = history ?? Console.variables["TIDEMARK_HISTORY"] ?? "tidemark.sqlite"
        guard !path.hasPrefix("s3://") else {
            throw Failure(
                .invalid, "'\(path)' cannot be used", why: "this tidemark knows no history in a bucket",
                remedy: "name a file with --history")
        }
        guard !path.isEmpty else {
            throw Failure(.invalid, "the history's name is empty", remedy: "name a file with --history")
        }
        return path
    }

    func name() throws(Failure) -> EnvironmentName? {
        guard let environment else { return nil }
        return try EnvironmentName(environment)
    }

    func open() throws(Failure) -> History { try History.open(readingAt: path()) }
}

enum OutputFormat: String, ExpressibleByArgument, CaseIterable {
    case text, json
}

struct FormatOptions: ParsableArguments {
    @Option(help: "How to print the report: text or json.")
    var format: OutputFormat = .text

    /// Prints a report in the chosen format.
    func print(text: @autoclosure () -> String, json: @autoclosure () -> String) throws(Failure) {
        try Console.write(format == .json ? json() : text())
    }
}
