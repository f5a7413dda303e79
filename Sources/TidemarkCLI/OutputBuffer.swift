import Tidemark
import TidemarkReports

/// Output that is written to stdout when a report is complete, or has grown too large to be kept.
///
/// A report that is made while the history is locked is best kept: a slow reader of stdout would keep recorders waiting. And a
/// report of up to 4 MiB that ends with an error is not printed.
struct OutputBuffer {
    private let syntax: RunnerCommands.Syntax
    private var text = ""

    /// In bytes.
    private static let largest = 4 << 20

    init(in syntax: RunnerCommands.Syntax) { self.syntax = syntax }

    mutating func add(_ text: String) throws(Failure) {
        self.text += text
        if self.text.utf8.count > Self.largest { try flush() }
    }

    mutating func flush() throws(Failure) {
        try Console.write(text, in: syntax)
        text = ""
    }
}
