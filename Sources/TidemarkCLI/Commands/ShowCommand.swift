import ArgumentParser
import Tidemark
import TidemarkHistory
import TidemarkReports

struct ShowCommand: HistoryReader {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show an environment, one resource of it, or an entry of its history.",
        discussion: "Exit status: 0 found, 1 not found or an error.")

    @Argument(
        help:
            "A resource: kind/identity, or its identity or name alone if that is unique. Or an entry of the history: @25."
    )
    var resource: String?

    @Option(help: "The moment: latest, latest~1, @42, release:v9, release:v9~1 or a time.")
    var at: String = "latest"

    @OptionGroup var history: HistoryOptions
    @OptionGroup var output: FormatOptions

    func run() throws {
        let opened = try history.open()
        if let seq = resource.flatMap({ Seq($0) }) { return try show(seq, in: opened) }
        let snapshot = try opened.snapshot(at: Moment(at))
        let shown = try resource.map { try snapshot.resource(named: $0) }
        let restarts = try opened.log.verifyOnsets(in: snapshot.snapshot, of: shown)
        let report = ShowReport(snapshot, resource: shown, restarts: restarts, from: opened.heads)
        try output.print(text: report.text, json: report.json)
    }

    private func show(_ seq: Seq, in opened: HistoryOptions.Opened) throws {
        guard let entry = try opened.log.loggedEntry(of: opened.environment, at: seq) else {
            throw Failure(.notFound, "no entry \(seq) of '\(opened.environment)'", remedy: .readNewest)
        }
        var (text, json) = (LogText(), LogJSON(of: opened.environment, from: opened.heads))
        switch output.format {
        case .text: try Console.write(text.add(entry), in: .text)
        case .json: try Console.write(json.add(entry) + json.end(), in: .json)
        }
    }
}
