import ArgumentParser
import Tidemark

@main
struct TidemarkCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tidemark",
        abstract: "Record what an AWS environment looks like at every deploy, and report where it has drifted.",
        version: Version.current,
        subcommands: [
            InitCommand.self, RecordCommand.self, DriftCommand.self, DiffCommand.self, LogCommand.self,
            ShowCommand.self, TagsCommand.self, WhoCommand.self, ReleasesCommand.self, NoteCommand.self,
            QueryCommand.self,
            BaselineCommand.self,
            AcceptCommand.self,
            PolicyCommand.self,
            DoctorCommand.self, HistoryCommand.self,
        ])

    static func main() async {
        EndingSignals.install()
        var type: (any ParsableCommand.Type)?
        do {
            try Arguments.checkEncoding()
            var command = try parseAsRoot()
            type = Swift.type(of: command)
            if var asynchronous = command as? any AsyncParsableCommand {
                try SystemLimits.walk.check()
                try await asynchronous.run()
            } else {
                try SystemLimits.report.check()
                // Without a bucket nothing waits, and no other thread is needed.
                if let reader = command as? any HistoryReader,
                    try reader.readsHistory && (reader.needsNetwork || reader.history.isShared())
                {
                    try await run(reader)
                } else {
                    try command.run()
                }
            }
        } catch {
            ExitStatus.end(with: error, in: type)
        }
    }

    private static func run(_ reader: any HistoryReader) async throws {
        if let reader = reader as? any BucketReader, !reader.history.offline { return try await reader.runOnBucket() }
        var reader = reader
        do {
            do {
                try await reader.history.pull(all: reader.readsEveryEnvironment)
            } catch let failure as Failure where !reader.requiresHistory && failure.code != .history {
                Console.note("tidemark: the history is not read: \(failure.message)".printable)
            }
            try reader.run()
        } catch let failure as Failure {
            throw try reader.history.explained(failure)
        }
    }
}

enum Version {
    static let current = "0.1.0-dev"
}
