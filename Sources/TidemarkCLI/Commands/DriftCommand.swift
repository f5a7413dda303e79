import ArgumentParser
import Reports
import Tidemark
import TidemarkAWS
import TidemarkHistory
import TidemarkReports

struct DriftCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "drift", abstract: "Hold a snapshot against the documented baseline.",
        discussion: """
            Exit status: 0 in sync, 2 drifted, 3 nothing drifted but not everything could be seen, 1 an error.
            """)

    @Option(
        help: ArgumentHelp(
            "The baseline's file, or shipped:antenna/documented for the one that comes with tidemark.",
            valueName: "file"))
    var baseline: String

    @Option(help: "When: latest, latest~1, @42, release:v9, release:v9~1, or a time.")
    var at: String = "latest"

    @Option(help: "How old the latest snapshot may be to count as evidence: 30m, 24h, 7d.")
    var maxAge: Age = .init(milliseconds: 24 * 3_600_000)

    @OptionGroup var history: HistoryOptions
    @OptionGroup var output: FormatOptions

    func run() throws {
        let baseline = try Baseline(yaml: text(), file: baseline, attributes: WireAttributes())
        let log = try history.open()
        let moment = try Moment(at)
        let snapshot = try log.snapshot(of: log.environment(history.name() ?? baseline.environment), at: moment)
        let drift = try Drift(
            of: snapshot, from: baseline, file: self.baseline, now: .now(),
            maximumAge: moment == .latest(back: 0) ? maxAge.milliseconds : nil)
        try output.print(text: drift.text(Console.style), json: drift.json)
        switch drift.verdict {
        case .inSync: return
        case .drifted: throw ExitStatus.drifted
        case .unseen: throw ExitStatus.unseen
        }
    }

    private func text() throws(Failure) -> String {
        let remedy = "name a YAML file with --baseline"
        if baseline.hasPrefix("shipped:") {
            if let text = ShippedBaselines.text(named: String(baseline.dropFirst("shipped:".count))) { return text }
            throw Failure(
                .notFound, "no baseline '\(baseline.printable)'",
                why: "those that come with tidemark are \(ShippedBaselines.names.joined(separator: ", "))",
                remedy: remedy)
        }
        let bytes = try Console.read(baseline, what: "baseline", remedy: remedy)
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw Failure(.invalid, "the baseline '\(baseline)' cannot be read", why: "it is not UTF-8", remedy: remedy)
        }
        // A byte order mark is an editor's, and no part of the text.
        return text.hasPrefix("\u{FEFF}") ? String(text.unicodeScalars.dropFirst()) : text
    }
}

/// A length of time as a user writes it: `30m`, `24h`, `7d`.
struct Age: ExpressibleByArgument {
    let milliseconds: Int64

    init(milliseconds: Int64) { self.milliseconds = milliseconds }

    init?(argument: String) {
        let units: [Character: Int64] = ["s": 1000, "m": 60_000, "h": 3_600_000, "d": 86_400_000]
        guard let unit = argument.last.flatMap({ units[$0] }), let count = Int64(argument.dropLast()), count >= 0,
            count < 1_000_000
        else { return nil }
        milliseconds = count * unit
    }

    var defaultValueDescription: String { "\(milliseconds / 3_600_000)h" }
}
