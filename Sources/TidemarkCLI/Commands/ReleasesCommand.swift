import ArgumentParser
import Tidemark
import TidemarkHistory
import TidemarkReports

/// The format of the table of releases.
enum ReleasesFormat: String, ExpressibleByArgument, CaseIterable {
    case text, json, csv
}

struct ReleasesCommand: HistoryReader {
    static let configuration = CommandConfiguration(
        commandName: "releases",
        abstract: "List deployments, the releases that book them, and those that nobody recorded.",
        discussion: """
            A deployment is a change of what runs between two settled snapshots, whether or not a release was recorded. The newest \
            is first. A release without a change is not a new deployment. One that was replaced within 24 hours by what had run \
            before was rolled back.

            Exit status: 0 found, 1 not found or an error, 2 with --check and a deployment that nobody recorded.
            """)

    @Option(help: "The maximum number of deployments of each environment.")
    var limit: Int = 20

    @Flag(help: "Exit with 2 if nobody recorded one of the deployments.")
    var check = false

    @Option(help: "The format of the report: text, json or csv.")
    var format: ReleasesFormat = .text

    var readsEveryEnvironment: Bool { true }

    @OptionGroup var history: HistoryOptions

    func validate() throws {
        guard limit > 0 else { throw ValidationError("--limit must be a number above 0") }
    }

    func run() throws {
        let (log, environment, heads) = try history.openForAll()
        let environments = try environment.map { [$0] } ?? log.environments()
        let report = ReleasesReport(
            try environments.flatMap { try log.deployments(in: $0, limit: limit) }, from: heads)
        switch format {
        case .text: try Console.write(report.text, in: .text)
        case .json: try Console.write(report.json, in: .json)
        case .csv: try Console.write(report.csv, in: .text)
        }
        if check, !report.unrecorded.isEmpty { throw ExitStatus.drifted }
    }
}
