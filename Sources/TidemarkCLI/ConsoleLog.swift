import Tidemark

/// The stream of log lines: stderr.
struct ConsoleLog: TextOutputStream, Sendable {
    mutating func write(_ text: String) {
        for line in text.split(separator: "\n") { Console.note(line.printable) }
    }
}
