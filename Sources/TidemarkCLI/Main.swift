import ArgumentParser
import TidemarkHistory

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

@main
struct TidemarkCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tidemark",
        abstract: "Remembers what an AWS environment looked like at every deploy, and says where it drifted.",
        version: Version.current,
        subcommands: [
            InitCommand.self, RecordCommand.self, DriftCommand.self, DiffCommand.self, LogCommand.self,
            ShowCommand.self,
            TagsCommand.self, WhoCommand.self, BaselineCommand.self, AcceptCommand.self, PolicyCommand.self,
            DoctorCommand.self,
        ])

    static func main() async {
        // An append is one transaction: what was not committed is not there. Only a turn's file and the line on the terminal
        // are to be tidied up.
        signal(SIGINT) { _ in
            History.withdraw()
            ProgressLine.withdraw()
            _exit(ExitStatus.interrupted.rawValue)
        }
        signal(SIGTERM) { number in
            History.withdraw()
            ProgressLine.withdraw()
            signal(number, SIG_DFL)
            raise(number)
        }
        // What cannot be written because of a limit on the size of files is an error as on a full disk, and not the end.
        signal(SIGXFSZ, SIG_IGN)
        do {
            var command = try parseAsRoot()
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch {
            ExitStatus.end(with: error)
        }
    }
}

enum Version {
    static let current = "0.1.0-dev"
}
