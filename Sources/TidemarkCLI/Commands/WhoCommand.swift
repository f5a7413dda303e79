import ArgumentParser
import Tidemark
import TidemarkHistory
import TidemarkReports

struct WhoCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "who", abstract: "Say who deployed a release, where and when.",
        discussion: "Exit status: 0 found, 1 not found or an error.")

    @Argument(help: "The release's label, such as v10.")
    var label: String

    @OptionGroup var history: HistoryOptions
    @OptionGroup var output: FormatOptions

    func run() throws {
        let log = try history.open()
        let environment = try history.name().map { try log.environment($0) }
        let deployments = try log.deployments(of: label, in: environment)
        guard !deployments.isEmpty else { throw try log.noRelease(label, in: environment) }
        let report = WhoReport(label: label, deployments: deployments)
        try output.print(text: report.text, json: report.json)
    }
}
