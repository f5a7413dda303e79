import ArgumentParser
import Tidemark
import TidemarkHistory
import TidemarkReports

struct LogCommand: HistoryReader {
    static let configuration = CommandConfiguration(
        commandName: "log", abstract: "List the entries of an environment's history, newest first.",
        discussion: "Exit status: 0 found, 1 not found or an error.")

    @Option(help: "The maximum number of entries.")
    var limit: Int = 20

    @OptionGroup var history: HistoryOptions
    @OptionGroup var output: FormatOptions

    func validate() throws {
        guard limit > 0 else { throw ValidationError("--limit must be a number above 0") }
    }

    func run() throws {
        let opened = try history.open()
        switch output.format {
        case .text: try write(opened, by: LogText(), in: .text)
        case .json: try write(opened, by: LogJSON(of: opened.environment, from: opened.heads), in: .json)
        }
    }

    private func write(
        _ opened: HistoryOptions.Opened, by writer: some LogWriter, in syntax: RunnerCommands.Syntax
    ) throws {
        // The history is not locked while the entries are written.
        var (writer, output) = (writer, OutputBuffer(in: syntax, largest: 1 << 18))
        try opened.log.forEachEntry(of: opened.environment, limit: limit) { entry throws(Failure) in
            try output.add(writer.add(entry))
        }
        try output.add(writer.end())
        try output.flush()
    }
}
