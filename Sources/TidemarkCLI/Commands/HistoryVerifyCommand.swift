import ArgumentParser
import Tidemark
import TidemarkHistory
import TidemarkReports

struct HistoryVerifyCommand: HistoryReader {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "Verify everything in the history.",
        discussion: """
            Reads the whole file: every page, entry, content and state, and every row of the index. The first thing that does not \
            hold is named. --head also compares an entry with one that was kept elsewhere: whoever kept it notices a history \
            that was replaced.

            Exit status: 0 everything holds, 1 the history cannot be read, 2 something does not hold.
            """)

    var readsEveryEnvironment: Bool { true }

    @OptionGroup var history: HistoryOptions
    @OptionGroup var output: FormatOptions

    func validate() throws { try history.refuseEnvironment("leave it out") }

    func run() throws {
        let location = try history.location(in: history.projectFile())
        let log = try history.openLog(location)
        if location.bucket != nil {
            Console.note(
                "tidemark: the local copy of '\(location.name)' is verified; of the bucket, only what it has at the end of each chain"
            )
        }
        do {
            let verification = try log.verify()
            try history.verifyHead(in: log)
            let report = VerifyReport(verification, of: log.path)
            try output.print(text: report.text, json: report.json)
        } catch let failure as Failure where [.history, .mismatch].contains(failure.code) {
            Console.note("tidemark: \(try history.explained(failure).message)".printable)
            throw ExitStatus.drifted
        }
    }
}
