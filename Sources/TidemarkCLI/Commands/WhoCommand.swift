import ArgumentParser
import Tidemark
import TidemarkHistory
import TidemarkReports

struct WhoCommand: HistoryReader {
    static let configuration = CommandConfiguration(
        commandName: "who",
        abstract: "Show who deployed an image tag, a release, a digest or a commit, where and when.",
        discussion: """
            Deployments are changes of what runs, as settled snapshots show them, newest first. A name that means several things \
            is answered for all of them. Without a name: what runs now, and who released it.

            Exit status: 0 found, 1 not found or an error.
            """)

    @Argument(
        help: ArgumentHelp(
            "An image tag such as v10 or antenna-backend:v10, a release's label, a digest such as sha256:1f2e3d4c, or at least "
                + "7 digits of a commit."))
    var name: String?

    var readsEveryEnvironment: Bool { true }

    @OptionGroup var history: HistoryOptions
    @OptionGroup var output: FormatOptions

    func run() throws {
        let (log, environment, heads) = try history.openForAll()
        guard let name else {
            let report = RunningReport(try log.running(in: environment), from: heads)
            return try output.print(text: report.text, json: report.json)
        }
        let answer = try log.deployments(of: name, in: environment)
        let missing = try log.missingEntries(of: environment)
        let report = WhoReport(name: name, answer, missing: missing, from: heads)
        try output.print(text: report.text, json: report.json)
    }
}
