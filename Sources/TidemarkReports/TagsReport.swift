import StrictJSON
import Tidemark

/// The report of `tags`: the digests that each image tag pointed at, with their times and their runs.
public struct TagsReport: Sendable {
    /// The tags that the report shows.
    public let tags: [TagHistory]
    /// The number of tags of a repository that are listed although they never ran, moved or vanished; nil for all.
    public let limit: Int?
    /// The entries that were removed or erased: the report may lack tags and runs.
    public let missing: [MissingEntries]
    private let heads: Heads

    /// The default limit.
    public static let defaultLimit = 10

    /// Creates the report of tags.
    /// - Parameters:
    ///   - limit: The number of tags of a repository to list that never ran, moved or vanished; nil for all.
    ///   - missing: The entries that were removed or erased.
    public init(
        _ tags: [TagHistory], limit: Int? = defaultLimit, missing: [MissingEntries] = [], from heads: Heads = Heads()
    ) {
        self.heads = heads
        self.missing = missing
        self.tags = tags
        self.limit = limit
    }

    // MARK: Text

    /// The report as text for people.
    public var text: String {
        var text = TextLines()
        for (index, ofEnvironment) in grouped(tags, by: \.environment.rawValue).enumerated() {
            if index > 0 { text.add() }
            let asOf = ofEnvironment[0].asOf
            let unsettled = Unsettled(ofEnvironment[0].unsettled).clause
            text.add("\(ofEnvironment[0].environment) as of \(asOf.at.readable) (\(asOf.seq))\(unsettled)")
            for ofRepository in grouped(ofEnvironment, by: \.repository) { add(ofRepository, to: &text) }
        }
        text.add(missing)
        return text.text
    }

    private func add(_ tags: [TagHistory], to text: inout TextLines) {
        text.add()
        text.add(tags[0].repository.printable)
        let newest = tags.map { (tag: $0, name: NaturalSortKey($0.tag)) }.sorted(by: Self.isNewer).map(\.tag)
        let notable = newest.filter { $0.hasRun || $0.isPushedAgain || $0.isGone || $0.unseen != nil }
        let others = newest.filter { !$0.hasRun && !$0.isPushedAgain && !$0.isGone && $0.unseen == nil }
        let listed = notable + others.prefix(limit ?? others.count)
        let rows = listed.flatMap(Self.rows)
        let widths = (0..<3).map { column in rows.map { $0[column].count }.max() ?? 0 }
        for row in rows {
            text.add("  " + zip(row, widths).map { $0.padded(to: $1 + 2) }.joined() + row[3])
        }
        let hidden = others.count - (listed.count - notable.count)
        if hidden > 0 {
            let areRunsKnown = others.allSatisfy { $0.unseenRuns == nil }
            let which =
                areRunsKnown ? "never ran or moved" : "\(hidden == 1 ? "was" : "were") not seen to run or to move"
            text.add("  and \(counted(hidden, "more tag")) that \(which): --all lists them")
        }
        for reason in Set(tags.compactMap(\.unseen?.reason)).sorted() {
            text.add("  as last seen: \(reason.printable)")
        }
        for reason in Set(tags.compactMap(\.unseenRuns?.reason)).sorted() {
            text.add("  what runs is unknown: \(reason.printable)")
        }
    }

    private static func isNewer(
        _ left: (tag: TagHistory, name: NaturalSortKey), _ right: (tag: TagHistory, name: NaturalSortKey)
    ) -> Bool {
        let (first, second) = (left.tag.targets.last?.since.seq, right.tag.targets.last?.since.seq)
        if first != second { return (second ?? .first) < (first ?? .first) }
        return right.name < left.name
    }

    /// A tag's targets as the cells of a table.
    private static func rows(_ tag: TagHistory) -> [[String]] {
        tag.targets.enumerated().map { index, version in
            [
                index == 0 ? tag.tag.printable : "", version.digest?.abbreviatedDigest ?? "no digest",
                span(version, of: tag),
                remarks(
                    version, of: tag, isGone: tag.isGone && index == tag.targets.count - 1),
            ]
        }
    }

    private static func span(_ version: TagHistory.Target, of tag: TagHistory) -> String {
        let end = version.until.map(inWords) ?? (tag.unseen == nil ? "now" : "as last seen")
        return "\(inWords(version.since)) to \(end)"
    }

    private static func remarks(
        _ version: TagHistory.Target, of tag: TagHistory, isGone: Bool
    ) -> String {
        let changes = (version.change.inWords.map { [$0] } ?? []) + (isGone ? ["gone"] : [])
        let runs = version.runs.map { run in
            let end = run.until.map { " to \(seq($0))" } ?? (run.unseen == nil ? " to now" : ", as last seen")
            let release = run.release.map { ", release \($0.printable)" } ?? ""
            return "ran in \(run.environment) \(seq(run.since))\(end)\(release)"
        }
        return
            (changes + (runs.isEmpty ? [tag.unseenRuns == nil ? "not seen to run" : "unknown whether it ran"] : runs))
            .joined(separator: "; ")
    }

    private static func inWords(_ reference: DatedEntry) -> String {
        "\(reference.at.readable) (\(seq(reference)))"
    }

    private static func seq(_ reference: DatedEntry) -> String {
        "\(reference.seq)\(reference.isAtLatest ? " or before" : "")"
    }

    private func grouped(_ tags: [TagHistory], by key: (TagHistory) -> String) -> [[TagHistory]] {
        Dictionary(grouping: tags, by: key).sorted { $0.key.precedesByUTF8($1.key) }.map(\.value)
    }

    // MARK: JSON

    /// The report as a JSON document, with every tag, whatever the limit; the README documents its members.
    public var json: String {
        JSONReport.document(
            "tags", from: heads, ["tags": .array(tags.map(Self.json)), "missing": .array(missing.map(\.json))])
    }

    private static func json(_ tag: TagHistory) -> JSON {
        [
            "environment": .string(tag.environment.rawValue), "asOf": tag.asOf.json(),
            "unsettled": JSON(tag.unsettled.map(\.sentence)),
            "unsettledCodes": .array(tag.unsettled.map(\.json)),
            "repository": .string(tag.repository), "tag": .string(tag.tag), "moved": .bool(tag.isMoved),
            "gone": .bool(tag.isGone), "unseen": JSON(tag.unseen?.reason),
            "unseenRuns": JSON(tag.unseenRuns?.reason),
            "versions": .array(tag.targets.map(json)),
        ]
    }

    private static func json(_ version: TagHistory.Target) -> JSON {
        [
            "digest": JSON(version.digest), "since": version.since.json(),
            "until": version.until?.json() ?? .null, "change": .string(version.change.name),
            "runs": .array(
                version.runs.map { run in
                    [
                        "environment": .string(run.environment.rawValue), "since": run.since.json(),
                        "until": run.until?.json() ?? .null, "release": JSON(run.release),
                        "unseen": JSON(run.unseen?.reason),
                    ]
                }),
        ]
    }
}

extension TagHistory.Change {
    fileprivate var name: String {
        switch self {
        case .none: "none"
        case .sameImage: "same-image"
        case .another: "another-image"
        case .undetermined: "undetermined"
        }
    }

    fileprivate var inWords: String? {
        switch self {
        case .none: nil
        case .sameImage(let platform): "pushed again, \(platform.map { "\($0) " } ?? "")is the same image"
        case .another: "moved to another image"
        case .undetermined: "pushed again, perhaps the same image"
        }
    }
}
