import ArgumentParser
import StrictJSON
import Tidemark
import TidemarkHistory
import TidemarkKinds

struct HistoryCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "history", abstract: "Maintain the history.",
        subcommands: [
            HistoryInitCommand.self, HistoryStatusCommand.self, HistoryVerifyCommand.self, HistoryExportCommand.self,
            HistoryRebuildCommand.self,
            HistoryImportCommand.self, HistoryPullCommand.self, HistoryPushCommand.self, HistorySealCommand.self,
            HistoryRepairCommand.self,
        ])
}

struct HistoryRebuildCommand: HistoryReader {
    static let configuration = CommandConfiguration(
        commandName: "rebuild", abstract: "Rebuild the index of the history from its log.",
        discussion: """
            The log is verified first and not changed. The index of every environment is rebuilt.

            Exit status: 0 rebuilt, 1 an error and nothing was changed.
            """)

    var readsEveryEnvironment: Bool { true }

    @OptionGroup var history: HistoryOptions

    func validate() throws { try history.refuseEnvironment("leave it out") }

    func run() throws {
        let location = try history.location(in: history.projectFile())
        guard location.bucket == nil else {
            throw Failure(
                .invalid, "'\(location.name.printable)' cannot be rebuilt",
                why: "only its local copy has an index, and a damaged copy is made again",
                remedy: "run 'tidemark history verify'")
        }
        let log = try history.openLog(location)
        try history.verifyHead(in: log)
        for environment in try log.environments() { try log.verifyChain(of: environment) }
        try History.open(appendingAt: location.file, images: KindRegistry.all.images).rebuildIndex()
        try Console.write("rebuilt the index of '\(log.path.printable)'\n", in: .text)
    }
}
