import ArgumentParser
import Tidemark
import TidemarkHistory
import TidemarkReports

struct TagsCommand: HistoryReader {
    static let configuration = CommandConfiguration(
        commandName: "tags",
        abstract: "Show which digests each image tag pointed at, when, and where they ran.",
        discussion: "Exit status: 0 found, 1 not found or an error.")

    @Argument(help: "A repository, or one of its tags, such as antenna-backend:v10.")
    var repository: String?

    @Flag(help: "List every tag, including those that never ran or moved.")
    var all = false

    var readsEveryEnvironment: Bool { true }

    @OptionGroup var history: HistoryOptions
    @OptionGroup var output: FormatOptions

    func run() throws {
        let (log, environment, heads) = try history.openForAll()
        let tags = try log.tags(repository, in: environment)
        let limit = all || repository?.contains(":") == true ? nil : TagsReport.defaultLimit
        // What ran is that of all environments.
        let report = TagsReport(tags, limit: limit, missing: try log.missingEntries(), from: heads)
        try output.print(text: report.text, json: report.json)
    }
}
