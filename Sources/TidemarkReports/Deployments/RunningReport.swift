import StrictJSON
import Tidemark

/// The report of `who` without a name: what each environment runs, and who released it.
public struct RunningReport: Sendable {
    private let environments: [CurrentEnvironment]
    private let heads: Heads

    /// Creates the report of what environments run.
    public init(_ environments: [CurrentEnvironment], from heads: Heads = Heads()) {
        self.environments = environments
        self.heads = heads
    }

    /// The report as text for people.
    public var text: String {
        var text = TextLines()
        for (index, environment) in environments.enumerated() {
            if index > 0 { text.add() }
            let unsettled = Unsettled(environment.unsettled).clause
            text.add(
                "\(environment.environment) as of \(environment.asOf.at.readable) (\(environment.asOf.seq))\(unsettled)"
            )
            add(environment, to: &text)
        }
        return text.text
    }

    private func add(_ current: CurrentEnvironment, to text: inout TextLines) {
        if let newest = current.newest {
            text.add("runs", "\(newest.change.running.version?.printable ?? "no version"), \(newest.releasedInWords)")
        }
        text.add("unrecorded", current.newest?.unrecordedInWords)
        text.add("under way", current.underWay.map(\.changesInWords))
        text.add("images", current.images.map(inWords).joinedOrNil)
        if current.images.isEmpty, current.unseen == nil {
            text.add("images", "no container was seen, and only those of Amazon ECS are observed")
        }
        text.add("unseen", current.unseen.map { "the containers: \($0.reason.printable)" })
    }

    private func inWords(_ image: CurrentEnvironment.Image) -> String {
        let containers = image.image.change.containers.map(\.printable).joined(separator: ", ")
        return "\(image.image.change.image.inWords) in \(containers): "
            + (image.broughtBy.map(\.releasedInWords) ?? "only unsettled snapshots show it")
    }

    /// The report as a JSON document; the README documents its members.
    public var json: String {
        JSONReport.document("running", from: heads, ["environments": .array(environments.map(\.json))])
    }
}

extension CurrentEnvironment {
    fileprivate var json: JSON {
        [
            "environment": .string(environment.rawValue), "asOf": asOf.json(),
            "unsettled": JSON(unsettled.map(\.sentence)), "unsettledCodes": .array(unsettled.map(\.json)),
            "version": JSON(newest?.change.running.version), "deployment": newest?.json ?? .null,
            "underWay": underWay?.json ?? .null,
            "images": .array(
                images.map { image in
                    var members = image.image.json.object ?? [:]
                    members["broughtBy"] = image.broughtBy?.json ?? .null
                    return .object(members)
                }),
            "unseen": JSON(unseen?.reason),
        ]
    }
}

extension Deployment {
    /// `release v10 (@12, 2026-11-23 20:40:43Z), claimed by release-bot`.
    var releasedInWords: String {
        guard let booking else {
            return kind == .firstState
                ? "since \(seq), \(at.readable), or before; no release was recorded"
                : "since \(seq), \(at.readable); not recorded by anyone"
        }
        let recorded = booking.recorded
        let by = recorded.release.by.map { ", claimed by \($0.printable)" } ?? ""
        return
            "release \(recorded.labelInWords) (\(recorded.seq), \(recorded.at.readable))\(by), recorded by "
            + (recorded.actor?.printable ?? "nobody who is attested")
    }

    /// `v16 → v17, after 2026-11-23 20:40:43Z and not after 2026-11-23 21:40:43Z, not recorded by anyone`; nil for a deployment
    /// that a release books.
    var unrecordedInWords: String? {
        guard isUnrecorded else { return nil }
        let span = after.map { "between \($0.at.readable) and \(at.readable)" } ?? "before \(at.readable)"
        return "\(changesInWords), \(span), not recorded by anyone"
    }

    /// What it changed, in one line: `v9 → v10; antenna-backend:v9 → antenna-backend:v10 in django`.
    var changesInWords: String { change.inWords?.replacing("\n", with: "; ") ?? "nothing that is known" }
}
