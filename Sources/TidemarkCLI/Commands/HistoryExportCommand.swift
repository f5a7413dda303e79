import ArgumentParser
import Tidemark
import TidemarkHistory
import TidemarkReports

struct HistoryExportCommand: HistoryReader {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Write the log as JSON Lines, or the history to a file or tables that other programs can read.",
        discussion: """
            Without an option each entry is a line on stdout, in the order of environments and numbers: its header, its body, its \
            hash, and the contents that the state before it lacks. That is enough to verify the log by SHA-256 and canonical JSON.

            --hive writes the views of 'query', and the contents by their hashes, as JSON Lines in Hive-style partitions: one for each \
            environment. The folder has the statements that load them into DuckDB and Athena: duckdb.sql, athena.sql.

            A history that is in use can be exported; what is recorded meanwhile is not in the export.

            Exit status: 0 exported, 1 an error, and nothing is left.
            """)

    @Option(
        help: ArgumentHelp(
            "Write a copy of the history in which every content is plain. The file must not exist.", valueName: "file"))
    var sqlite: String?

    @Option(
        help: ArgumentHelp(
            "Write tables in Hive-style partitions to a folder, which must be new or empty.", valueName: "folder"))
    var hive: String?

    var readsEveryEnvironment: Bool { true }

    @OptionGroup var history: HistoryOptions

    func validate() throws {
        try TextOption("--sqlite", sqlite, "a file").refuseBlank()
        try TextOption("--hive", hive, "a folder").refuseBlank()
        guard sqlite == nil || hive == nil else {
            throw ValidationError("--sqlite and --hive are two exports: pass one of them")
        }
        guard sqlite == nil || history.environment == nil || history.head != nil else {
            throw ValidationError("--sqlite copies every environment: leave -e out")
        }
    }

    func run() throws {
        let (log, environment, _) = try history.openForAll()
        let environments = try environment.map { [$0] } ?? log.environments()
        if let hive { return try write(environments, of: log, toFolder: hive) }
        guard let sqlite else { return try write(environments, of: log) }
        try NamedFile.typed(sqlite).checkPath()
        for notice in try log.copy(to: sqlite) { Console.note("tidemark: \(notice)".printable) }
        try Console.write("copied '\(log.path.printable)' to '\(sqlite.printable)'\n", in: .text)
    }

    private func write(_ environments: [EnvironmentName], of log: History, toFolder folder: String) throws {
        try NamedFile.typed(folder).checkPath()
        let notices = try log.export(environments, toFolder: folder) { HiveScripts($0, of: environments).files }
        for notice in notices { Console.note("tidemark: \(notice)".printable) }
        try Console.write("wrote '\(log.path.printable)' to '\(folder.printable)'\n", in: .text)
    }

    private func write(_ environments: [EnvironmentName], of log: History) throws {
        var output = OutputBuffer(in: .json)
        for environment in environments {
            try log.export(environment) { entry throws(Failure) in try output.add(entry.line) }
        }
        try output.flush()
    }
}
