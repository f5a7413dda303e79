import ArgumentParser
import Tidemark
import TidemarkHistory
import TidemarkReports

struct LogCommand: ParsableCommand {
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
        let report = try LogReport(
            opened.log.entries(of: opened.environment, limit: limit), of: opened.environment, from: opened.heads)
        try output.print(text: report.text, json: report.json)
    }
}
