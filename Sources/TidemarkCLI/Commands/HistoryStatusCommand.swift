import ArgumentParser
import Tidemark
import TidemarkHistory
import TidemarkReports

struct HistoryStatusCommand: HistoryReader {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "Show what the history has, where it is, and the heads to keep elsewhere.",
        discussion: "Exit status: 0 shown, 1 an error.")

    var readsEveryEnvironment: Bool { true }

    @OptionGroup var history: HistoryOptions
    @OptionGroup var output: FormatOptions

    func run() throws {
        let location = try history.location(in: history.projectFile())
        let (log, named, _) = try history.openForAll()
        let chains = try (named.map { [$0] } ?? log.environments()).compactMap { try chain($0, in: log, at: location) }
        let report = StatusReport(
            of: location.name, file: (location.file, location.bytes), isCopy: location.bucket != nil, chains)
        try output.print(text: report.text, json: report.json)
    }

    private func chain(
        _ environment: EnvironmentName, in log: History, at location: HistoryLocation
    ) throws -> StatusReport.Chain? {
        guard let newest = try log.entries(of: environment, limit: 1).first else { return nil }
        return StatusReport.Chain(
            environment, entries: newest.olderCount + 1, newest: newest.entry, move: try log.move(of: environment),
            pulled: location.bucket == nil ? nil : try Console.cache().pulled(environment, from: location.name))
    }
}
