import ArgumentParser
import CivilTime
import Tidemark
import TidemarkHistory
import TidemarkReports

struct AcceptCommand: HistoryReader {
    static let configuration = CommandConfiguration(
        commandName: "accept", abstract: "Accept a finding until a date: write its waiver to the baseline.",
        discussion: """
            The finding must be one of the latest snapshot. The waiver accepts the present value, or the one element: another \
            one is a new finding. Only the lines of the waiver are added to the file; every other byte stays.

            Exit status: 0 written, 1 an error and nothing was written.
            """)

    @Argument(help: "The finding's id from a report, or the first digits of it.")
    var finding: String

    @Option(help: "The reason, a single line.")
    var because: String

    @Option(help: "The last day of the waiver, in UTC, such as 2026-12-31.")
    var until: String

    @Option(help: "The person or team that is responsible for it.")
    var owner: String

    @Flag(help: "Accept any value of the attribute, not only the present one.")
    var anyValue = false

    @Option(help: ArgumentHelp("The baseline's file. Default: the environment's in tidemark.yml.", valueName: "file"))
    var baseline: String?

    @OptionGroup var history: HistoryOptions
    @OptionGroup var output: FormatOptions

    func validate() throws {
        for (name, text) in [("--because", because), ("--owner", owner)] {
            guard text.contains(where: { !$0.isWhitespace }) else {
                throw ValidationError("\(name) is empty: pass a text")
            }
            guard text.printable == text else { throw ValidationError("\(name) must be a single line") }
        }
        guard Day(until) != nil else {
            throw ValidationError("'\(until.printable)' is not a date: pass one such as --until 2026-12-31")
        }
    }

    func run() throws { try run(now: ProgramClock.system.now()) }

    private func run(now: Timestamp) throws {
        let project = try history.projectFile()
        let file = try BaselineFile.name(baseline, history, in: project)
        let baseline = try BaselineFile.readOwn(file)
        let opened = try history.open(
            history.location(in: project), history.name(in: project) ?? baseline.environment)
        let drift = try opened.drift(
            at: .latest(back: 0), from: baseline, now: now, maximumAge: nil)
        let finding = try drift.finding(toAccept: finding, today: Day(of: now))
        guard let until = Day(until), until >= Day(of: now) else {
            throw Failure(
                .invalid, "'\(finding.id)' cannot be accepted until \(until)", why: "that date is in the past")
        }
        if anyValue, finding.element != nil, finding.value?.isSecret != true {
            throw Failure(
                .invalid, "'\(finding.id)' has no value", why: "it is about one element",
                remedy: "leave out --any-value")
        }
        let text = try baseline.accepting(finding, anyValue: anyValue, owner: owner, reason: because, until: until)
        let changed = try BaselineFile.replaceOwn(baseline, with: text)
        guard let waiver = changed.waivers.first(where: { $0.finding == finding.id }) else {
            throw Failure(
                .invalid, "'\(file.name.printable)' does not have the waiver", why: "another file overrides it")
        }
        let report = AcceptReport(finding, of: drift, by: waiver, from: opened.heads)
        try output.print(text: report.text, json: report.json)
    }
}
