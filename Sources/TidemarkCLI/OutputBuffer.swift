import Tidemark
import TidemarkReports

/// Output that is written to stdout when a report is complete, or has grown too large to be kept.
///
/// A report that is made while the history is locked is best kept: a slow reader of stdout would keep recorders waiting. And a
/// report that is kept and ends with an error is not printed.
struct OutputBuffer {
    private let syntax: RunnerCommands.Syntax
    private let largest: Int
    private var text = ""

    /// - Parameter largest: The size in bytes up to which a report is kept.
    init(in syntax: RunnerCommands.Syntax, largest: Int = 4 << 20) {
        self.syntax = syntax
        self.largest = largest
    }

    mutating func add(_ text: String) throws(Failure) {
        self.text += text
        if self.text.utf8.count > largest { try flush() }
    }

    mutating func flush() throws(Failure) {
        try Console.write(text, in: syntax)
        text = ""
    }
}
