import ArgumentParser
import Tidemark
import TidemarkHistory
import TidemarkReports

struct ShowCommand: HistoryReader {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show an environment, or one resource of it.",
        discussion: "Exit status: 0 found, 1 not found or an error.")

    @Argument(help: "A resource: kind/identity, or its identity or name alone if that is unique.")
    var resource: String?

    @Option(help: "The moment: latest, latest~1, @42, release:v9, release:v9~1 or a time.")
    var at: String = "latest"

    @OptionGroup var history: HistoryOptions
    @OptionGroup var output: FormatOptions

    func run() throws {
        let opened = try history.open()
        let snapshot = try opened.snapshot(at: Moment(at))
        let shown = try resource.map { try snapshot.resource(named: $0) }
        let restarts = try opened.log.verifyOnsets(in: snapshot.snapshot, of: shown)
        let report = ShowReport(snapshot, resource: shown, restarts: restarts, from: opened.heads)
        try output.print(text: report.text, json: report.json)
    }
}
