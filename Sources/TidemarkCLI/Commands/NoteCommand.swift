import ArgumentParser
import Tidemark
import TidemarkHistory
import TidemarkKinds
import TidemarkReports

struct NoteCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "note", abstract: "Say what is known now of an entry: a comment, another label, a late booking.",
        discussion: """
            Appends an entry, and leaves the other one as it is. --label corrects the label of the release that is booked there; \
            both labels lead to it. --release books the deployment that the entry shows, and that was not booked when it was \
            recorded. Of several notes, the newest wins. The note has the caller that AWS attests, and AWS's time.

            A note changes no signature: what was signed is the booking.

            Exit status: 0 recorded, 1 an error and nothing was recorded, 5 the bucket of the history did not answer and the note \
            may have been recorded.
            """)

    @Argument(help: "The number of the entry: @25.", transform: Self.seq)
    var entry: Seq

    @Argument(help: "A comment.")
    var text: String?

    @Option(help: "Another label for the release that is booked there.")
    var label: String?

    @Option(help: ArgumentHelp("Book a release late: the label of what the entry shows.", valueName: "label"))
    var release: String?

    @Option(help: "The person or job that deployed the release.")
    var by: String?

    @Option(help: "The commit that was deployed.")
    var commit: String?

    @Option(help: "The URL of the CI run that deployed the release.")
    var url: String?

    @Option(help: "The ticket that asked for the deploy: a key or a URL.")
    var ticket: String?

    @Option(
        name: .customLong("pr"),
        help: ArgumentHelp("The pull request that was deployed: a number or a URL.", valueName: "pull request"))
    var pullRequest: String?

    @OptionGroup var history: HistoryOptions
    @OptionGroup var attested: AttestedOptions
    @OptionGroup var output: FormatOptions

    private var claims: [TextOption] {
        [
            TextOption("--by", by, "a name"), TextOption("--commit", commit, "a commit"),
            TextOption("--url", url, "a URL"), TextOption("--ticket", ticket, "a key or a URL"),
            TextOption("--pr", pullRequest, "a number or a URL"),
        ]
    }

    func validate() throws {
        try history.refuseOffline()
        let texts = [
            TextOption("the comment", text, "a text"), TextOption("--label", label, "a label"),
            TextOption("--release", release, "the label of what was deployed"),
        ]
        for option in texts + claims {
            try option.refuseBlank()
            try option.refuseSecrets()
        }
        guard text != nil || label != nil || release != nil else {
            throw ValidationError("the note says nothing: pass a text, --label or --release")
        }
        guard label == nil || release == nil else {
            throw ValidationError("--label corrects a release and --release books one: pass one of them")
        }
        if release == nil, let lonely = claims.first(where: { $0.text != nil }) {
            throw ValidationError("\(lonely.name) needs a release: pass --release LABEL too")
        }
    }

    func run() async throws {
        do {
            try await note()
        } catch let failure as Failure {
            throw try history.explained(failure)
        }
    }

    private func note() async throws {
        let project = try history.projectFile()
        let location = try history.location(in: project)
        try await history.pull(history.name(in: project), from: location, isRecorded: true)
        if location.bucket == nil {
            Console.note(try History.repair(at: location.file, images: KindRegistry.all.images))
        }
        let opened = try history.open(location, history.name(in: project))
        let environment = opened.environment
        let correction = try correction()
        // A mistake is reported before AWS is asked.
        let note = try opened.log.note(on: entry, of: environment, text, correction)
        let configured = project.project.environment(environment) ?? Project.Environment(environment)
        let attestation = try await attested.attestation(
            of: configured, bound: try opened.log.head(of: environment)?.binding)
        let appended = try await location.note(on: entry, of: environment, text, correction, as: attestation)
        let release = try location.open().releases(of: environment).first { $0.seq == note.about.seq }
        let report = try NoteReport(appended, release: release)
        try output.print(text: report.text, json: report.json)
    }

    private func correction() throws(Failure) -> Note.Correction? {
        if let label { return .label(label) }
        guard let release else { return nil }
        return .release(
            try Release(label: release, by: by, commit: commit, url: url, ticket: ticket, pullRequest: pullRequest))
    }

    private static func seq(_ text: String) throws -> Seq {
        if let seq = Seq(text) { return seq }
        throw ValidationError("'\(text.printable)' is not the number of an entry: pass it as @25, as 'log' prints it")
    }
}
