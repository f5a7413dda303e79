import ArgumentParser
import Tidemark
import TidemarkHistory
import TidemarkKinds
import TidemarkReports

struct DiffCommand: HistoryReader {
    static let configuration = CommandConfiguration(
        commandName: "diff", abstract: "Show what changed between two moments.",
        discussion: """
            Exit status: 0 compared, 1 not found or an error; with --exit-code 2 changed, 3 nothing changed but not \
            everything could be compared. Secrets can only be compared by fingerprints: if neither moment has any, that \
            is not an incomplete comparison.
            """)

    @Argument(help: "The moment to start from: latest~1, @42, release:v9, release:v9~1 or a time.")
    var from: String

    @Argument(help: "The moment to compare it with.")
    var to: String = "latest"

    @Flag(help: "Exit with 2 if something changed, and with 3 if not everything could be compared.")
    var exitCode = false

    @OptionGroup var history: HistoryOptions
    @OptionGroup var output: FormatOptions

    func run() throws {
        let opened = try history.open()
        // The contents at the head, which most likely is the later one, are the quickest to read.
        let after = try opened.snapshot(at: Moment(to))
        let diff = Diff(from: try opened.snapshot(at: Moment(from), beside: after), to: after)
        let report = DiffReport(diff, from: opened.heads, remedyWords: { $0.asTyped })
        try output.print(text: report.text(Console.style), json: report.json)
        guard exitCode else { return }
        if !diff.isEmpty { throw ExitStatus.drifted }
        if !diff.isComplete { throw ExitStatus.unseen }
    }
}
