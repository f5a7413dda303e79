import ArgumentParser
import Tidemark

enum OutputFormat: String, ExpressibleByArgument, CaseIterable {
    case text, json
}

/// The format of a report that has two.
struct FormatOptions: ParsableArguments {
    @Option(help: "The format of the report: text or json.")
    var format: OutputFormat = .text

    /// Prints a report in the chosen format.
    func print(text: @autoclosure () -> String, json: @autoclosure () -> String) throws(Failure) {
        switch format {
        case .text: try Console.write(text(), in: .text)
        case .json: try Console.write(json(), in: .json)
        }
    }
}
