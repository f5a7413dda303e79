import CivilTime
import StrictJSON
import Tidemark
import TidemarkBaseline

/// The report of `drift --replay`: when each expectation drifted, and when it was unseen.
public struct ReplayReport: Sendable {
    /// The replay that the report shows.
    public let replay: Replay
    private let heads: Heads

    /// Creates the report of a replay.
    public init(_ replay: Replay, from heads: Heads = Heads()) {
        self.replay = replay
        self.heads = heads
    }

    // MARK: Text

    /// The report as text for people, on a terminal with colors.
    public func text(_ style: TextStyle = .plain) -> String {
        var text = TextLines()
        let documents = replay.baseline.documents.map { "'\($0.printable)'" } ?? "its baseline"
        text.add("\(replay.environment) against \(documents), in \(counted(replay.snapshotCount, "snapshot"))")
        if let first = replay.first, let last = replay.last {
            text.add("from \(first.at.readable) (\(first.seq)) to \(last.at.readable) (\(last.seq))")
        }
        let listed = replay.tracks.filter { !$0.stretches.isEmpty }
        for track in listed.filter({ !$0.drifts.isEmpty }) + listed.filter(\.drifts.isEmpty) {
            add(track, to: &text, style)
        }
        text.add()
        text.add(summary)
        return text.text
    }

    private func add(_ track: Replay.Track, to text: inout TextLines, _ style: TextStyle) {
        let rule = track.rule
        let kind = rule.kind.map { ": \($0)" } ?? ""
        let section = rule.info.section.map { ", section \($0.printable)" } ?? ""
        let severity = rule.info.severity == .error ? "" : ", \(rule.info.severity.rawValue)"
        text.add()
        text.add("\(title(of: track, style))  \(rule.name.printable)\(kind)\(section)\(severity)")
        let hidden = track.stretches.count - Self.listedAtMost
        if hidden > 0 { text.add("  and \(hidden) earlier: --format json lists all") }
        for stretch in track.stretches.suffix(Self.listedAtMost) { text.add("  \(line(stretch))") }
    }

    /// The number of stretches of an expectation that are listed.
    private static let listedAtMost = 20

    private func title(of track: Replay.Track, _ style: TextStyle) -> String {
        guard !track.drifts.isEmpty else { return style.paint("unseen", .yellow) }
        let times = track.timesFired == 1 ? "once" : "\(track.timesFired) times"
        let total = Duration.milliseconds(milliseconds(of: track.drifts)).inWords
        return "\(style.paint("drifted", .red)) \(times), \(total) in all"
    }

    private func milliseconds(of stretches: [Replay.Stretch]) -> Int64 {
        stretches.map(replay.milliseconds).reduce(0, +)
    }

    /// `drifted  @2, 2026-11-23 21:40:43Z, with release v10, to @3, 2026-11-24 21:40:43Z: 24 hours, 1 snapshot`.
    private func line(_ stretch: Replay.Stretch) -> String {
        let before = stretch.start.isAtLatest ? ", or before" : ""
        let end = stretch.end.map(place) ?? replay.last.map { "\($0.seq), the last snapshot" } ?? "the last snapshot"
        let length = Duration.milliseconds(replay.milliseconds(of: stretch)).inWords
        return "\(stretch.verdict.rawValue.padded(to: 9))\(place(stretch.start.entry))\(before), to \(end): \(length), "
            + counted(stretch.snapshotCount, "snapshot")
    }

    private func place(_ moment: DatedEntry) -> String {
        let release = moment.release.map { ", \(moment.isWithRelease ? "with" : "after") release \($0.printable)" }
        return "\(moment.seq), \(moment.at.readable)\(release ?? "")"
    }

    private var summary: String {
        let drifted = replay.tracks.count { !$0.drifts.isEmpty }
        let flapped = replay.tracks.count { $0.timesFired > 1 }
        let now = replay.tracks.count { $0.verdict == .drifted }
        let unseen = replay.tracks.count { $0.stretches.contains { $0.verdict == .unseen } }
        return "\(counted(replay.tracks.count, "expectation")): \(drifted) drifted, \(flapped) of them more than once, "
            + "\(now) at the end; \(unseen) unseen at times"
    }

    // MARK: JSON

    /// The report as a JSON document; the README documents its members.
    public var json: String {
        JSONReport.document(
            "replay", from: heads,
            [
                "environment": .string(replay.environment.rawValue), "baseline": .string(replay.baseline.file),
                "baselineEnvironment": .string(replay.baseline.environment.rawValue),
                "documents": JSON(replay.baseline.documents),
                "from": replay.first.map { Onset($0, isAtLatest: true).json } ?? .null,
                "to": replay.last.map { Onset($0).json } ?? .null, "snapshots": .init(replay.snapshotCount),
                "expectations": .array(replay.tracks.map(json)),
            ])
    }

    private func json(_ track: Replay.Track) -> JSON {
        let rule = track.rule
        return [
            "source": .string(rule.source.rawValue), "name": .string(rule.name), "kind": JSON(rule.kind?.rawValue),
            "section": JSON(rule.info.section), "severity": .string(rule.info.severity.rawValue),
            "file": .string(rule.info.position.file), "line": .init(rule.info.position.line),
            "verdict": .string(track.verdict.rawValue), "times": .init(track.timesFired),
            "seconds": .init(milliseconds(of: track.drifts) / 1000),
            "stretches": .array(track.stretches.map(json)),
        ]
    }

    private func json(_ stretch: Replay.Stretch) -> JSON {
        [
            "verdict": .string(stretch.verdict.rawValue), "from": stretch.start.json,
            "to": stretch.end.map { Onset($0).json } ?? .null, "snapshots": .init(stretch.snapshotCount),
            "seconds": .init(replay.milliseconds(of: stretch) / 1000),
        ]
    }
}
