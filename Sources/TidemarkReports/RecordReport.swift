import StrictJSON
import Tidemark
import TidemarkKinds

/// The report of `record`: the snapshot that it appended.
public struct RecordReport: Sendable {
    private let appended: AppendedSnapshot
    /// Hints for the user, one line each.
    private let hints: [String]
    private let kinds: KindRegistry
    /// What the snapshot shows to have been deployed; nil if the history could not be read again.
    private let run: ObservedRun?
    /// The newest deployment, if no release books it.
    private let unrecorded: Deployment?

    /// Creates the report of an appended snapshot.
    /// - Parameters:
    ///   - hints: Advice for the user, one line each.
    ///   - kinds: The kinds whose titles label the resources.
    ///   - run: What the snapshot shows to have been deployed; nil if the history could not be read again.
    ///   - newest: The newest deployment.
    public init(
        _ appended: AppendedSnapshot, hints: [String] = [], kinds: KindRegistry, run: ObservedRun? = nil,
        newest: Deployment? = nil
    ) {
        self.run = run
        unrecorded = newest.flatMap { $0.isUnrecorded ? $0 : nil }
        self.appended = appended
        self.kinds = kinds
        self.hints = hints
    }

    private var header: Header { appended.entry.header }
    private var body: SnapshotRecord { appended.body }
    private var binding: EnvironmentBinding { appended.observation.binding }

    /// The report as text for people, on a terminal with colors.
    public func text(_ style: TextStyle = .plain) -> String {
        var text = TextLines()
        let release = body.release.map { ", release \($0.label.printable)" } ?? ""
        text.add("recorded \(header.environment) \(header.seq)\(release), as of \(header.at.readable)")
        if appended.isNewlyBound {
            text.add(
                "bound to",
                "Elastic Beanstalk environment \(binding.ebEnvironment.printable) (\(binding.ebEnvironmentID.printable)) "
                    + "in account \(binding.account), \(binding.region)")
        }
        text.add("by", actors)
        text.add("deployed", deployed)
        text.add("unrecorded", unrecorded?.unrecordedInWords, width: 12)
        for probe in body.release?.probes ?? [] {
            text.add("probe", probe.failure == nil ? probe.sentence : style.paint(probe.sentence, .red))
        }
        text.add("identity", body.release?.identityInWords)
        text.add("seen", "\(counted(appended.resourceCount, "resource")) known; \(body.answersInWords)")
        text.add("not followed", appended.observation.notFollowedHosts?.inWords, width: 14)
        text.add("changed", changes)
        text.add("rotated", appended.rotated.map { $0.attribute.printable }.joinedOrNil)
        text.add(Unsettled(appended.observation.unsettled))
        text.add("failed", appended.observation.failures.map { style.paint($0.sentence, .red) }.joinedOrNil)
        text.add("root", body.root.hexadecimal)
        text.add("head", appended.entry.reference.description)
        for hint in hints { text.add("hint", hint) }
        return text.text
    }

    private var actors: String {
        let claimed = body.release?.by.map { "\($0.printable) (claimed); " } ?? ""
        return "\(claimed)\(attestation(of: header.actor))"
    }

    /// What was deployed; nil for the first snapshot, and where no container was seen.
    private var deployed: String? {
        if let deployment = run?.deployment { return deployment.inWords }
        guard let since = run?.sinceSnapshot, !since.images.isEmpty else { return nil }
        if let changes = since.inWords { return "under way: \(changes)" }
        return body.release == nil && since.sameUnderOtherNames.isEmpty
            ? "nothing" : "nothing new: \(since.imagesAsBefore)"
    }

    /// The number of changes that are named.
    private static let listedAtMost = 40

    private var changes: String {
        if header.seq == Seq.first.next { return "everything: this is the first snapshot" }
        let all = appended.changes.filter { !$0.facet.isDerived }
        // A manifest is added and removed with the image that refers to it.
        let isFolded = { (kind: Kind) in kinds[kind]?.isImmutable == true }
        let folded = Dictionary(grouping: Set(all.map(\.facet.resource)).filter { isFolded($0.kind) }, by: \.kind)
        var lines = all.filter { !isFolded($0.facet.resource.kind) }.map { change in
            let label = appended.observation.label(of: change.facet.resource, kinds: kinds)
            return "\(label.printable) \(change.facet.name)\(change.content == nil ? ": gone" : "")"
        }
        lines += folded.map { "\($1.count) \($0)" }
        if lines.isEmpty { return body.gaps.noChangesInWords }
        let more = lines.count - Self.listedAtMost
        let rest = more > 0 ? ["and \(more) more"] : []
        return (lines.sorted().prefix(Self.listedAtMost) + rest).joined(separator: "\n")
    }

    /// The report as a JSON document; the README documents its members.
    public var json: String {
        JSONReport.document(
            "record", from: Heads([header.environment: appended.entry.reference]),
            [
                "environment": .string(header.environment.rawValue), "seq": .init(header.seq.rawValue),
                "at": .string(header.at.description), "head": appended.entry.hash.json, "root": body.root.json,
                "actor": JSON(header.actor), "binding": binding.json, "release": body.release?.reported ?? .null,
                "settled": .bool(body.isSettled), "unsettled": JSON(body.unsettled.map(\.sentence)),
                "unsettledCodes": .array(body.unsettled.map(\.json)),
                "failures": JSON(body.failures.map(\.sentence)), "failureCodes": .array(body.failures.map(\.json)),
                "coverage": JSONReport.coverage(body),
                "notFollowed": appended.observation.notFollowedHosts.map { .array($0.map(\.json)) } ?? .null,
                "changed": .array(
                    appended.changes.map {
                        ["facet": .string($0.facet.description), "content": $0.content?.json ?? .null]
                    }),
                "rotated": JSON(appended.rotated.map { "\($0.facet) \($0.path) \($0.part)" }),
                "deployed": run?.deployment?.json ?? .null,
                "sameImages": .array(run?.sinceSnapshot?.sameUnderOtherNames.map { .object($0.json) } ?? []),
                "unrecorded": unrecorded?.json ?? .null,
                "resources": .init(appended.resourceCount), "hints": JSON(hints),
            ])
    }
}
