import ArgumentParser
import Tidemark
import TidemarkHistory
import TidemarkReports

struct WhoCommand: HistoryReader {
    static let configuration = CommandConfiguration(
        commandName: "who", abstract: "Show who deployed an image tag, a release or a digest, where and when.",
        discussion: "Exit status: 0 found, 1 not found or an error.")

    @Argument(
        help: "An image tag such as v10 or antenna-backend:v10, a release's label, or a digest such as sha256:1f2e3d4c."
    )
    var name: String

    var readsEveryEnvironment: Bool { true }

    @OptionGroup var history: HistoryOptions
    @OptionGroup var output: FormatOptions

    func run() throws {
        let (log, environment, heads) = try history.openForAll()
        let deployments = try log.deployments(of: name, in: environment)
        let missing = try log.missingEntries(of: environment)
        let report = WhoReport(name: name, deployments: deployments, missing: missing, from: heads)
        try output.print(text: report.text, json: report.json)
    }
}
