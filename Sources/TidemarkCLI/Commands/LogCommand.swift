import ArgumentParser
import Tidemark
import TidemarkHistory
import TidemarkReports

struct LogCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "log", abstract: "List the entries of an environment's history, the newest first.",
        discussion: "Exit status: 0 found, 1 not found or an error.")

    @Option(help: "How many entries at most.")
    var limit: Int = 20

    @OptionGroup var history: HistoryOptions
    @OptionGroup var output: FormatOptions

    func validate() throws {
        guard limit > 0 else { throw ValidationError("--limit takes a number above 0.") }
    }

    func run() throws {
        let (log, environment) = try history.open()
        let report = try LogReport(log.entries(of: environment, limit: limit), of: environment)
        try output.print(text: report.text, json: report.json)
    }
}
