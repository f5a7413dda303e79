import ArgumentParser
import Tidemark
import TidemarkHistory
import TidemarkReports

struct QueryCommand: HistoryReader {
    static let configuration = CommandConfiguration(
        commandName: "query", abstract: "Run a SELECT over the views of the history.",
        discussion: """
            The views are \(History.views.joined(separator: ", ")); they have the rows of all environments. The function \
            content(hash) returns the JSON text of a content_hash of facet_history.

            tidemark query "SELECT seq, at, label, claimed_by FROM release ORDER BY seq DESC LIMIT 10"

            In json, a name that two columns have gets a number (seq, seq:1). Blobs are in hexadecimal.

            'record' cannot append while a query runs, and fails after 10 seconds: for a long query, make a copy with \
            'history export --sqlite' first.

            Exit status: 0 answered, 1 an error.
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text, json, csv
    }

    @Argument(help: "One SELECT in SQLite's SQL.")
    var sql: String

    @Option(help: "The format of the rows: text, json or csv.")
    var format: Format = .text

    var readsEveryEnvironment: Bool { true }

    @OptionGroup var history: HistoryOptions

    func validate() throws {
        try history.refuseEnvironment("write WHERE environment = 'NAME'")
    }

    func run() throws {
        let (log, _, heads) = try history.openForAll()
        var writer = writer(from: heads)
        var output = OutputBuffer(in: format == .json ? .json : .text)
        try log.query(
            sql, columns: { columns throws(Failure) in try output.add(writer.begin(columns)) },
            row: { row throws(Failure) in try output.add(writer.add(row)) })
        try output.add(writer.end())
        try output.flush()
    }

    private func writer(from heads: Heads) -> any QueryWriter {
        switch format {
        case .text: QueryText()
        case .json: QueryJSON(from: heads)
        case .csv: QueryCSV()
        }
    }
}
