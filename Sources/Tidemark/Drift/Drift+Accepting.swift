import StrictYAML
import StrictJSON
extension Drift {
    /// The finding that can be accepted, by its id or by as much of the id as tells it from the others.
    /// - Throws: `Failure` where there is none, or it cannot be accepted.
    public func finding(toAccept text: String) throws(Failure) -> Finding {
        let matching = findings.filter { $0.id.rawValue.hasPrefix(text) }
        guard let finding = matching.first, !text.isEmpty else { throw unknown(text) }
        let ids = Set(matching.map(\.id.rawValue)).sorted()
        guard ids.count == 1 else {
            throw Failure(
                .invalid, "'\(text.printable)' is the beginning of \(ids.count) findings", why: Self.listed(ids),
                remedy: "give more of the one that is meant")
        }
        guard case .drifted = finding.status else {
            throw Failure(
                .invalid, "'\(finding.id)' cannot be accepted",
                why: "it could not be seen, and only what drifted can be",
                remedy: "see to it that it can be seen")
        }
        if let problem = problem(with: finding) { throw problem }
        return finding
    }

    private func problem(with finding: Finding) -> Failure? {
        let place = { (position: Position) in "\(position.file.printable):\(position.line)" }
        if finding.rule.source == .waiver {
            return Failure(
                .invalid, "'\(finding.id)' cannot be accepted", why: "it is about a waiver",
                remedy: "change or remove that, at \(place(finding.rule.info.position))")
        }
        if let waiver = finding.waiver {
            return Failure(
                .invalid, "'\(finding.id)' is accepted already",
                why: "by \(waiver.owner.printable) until \(waiver.until), at \(place(waiver.position))")
        }
        let own = baseline.waivers.first { $0.finding == finding.id && $0.position.file == baseline.file }
        return own.map { waiver in
            Failure(
                .invalid, "'\(finding.id)' has a waiver", why: "it ended on \(waiver.until)",
                remedy: "change its 'until', at \(place(waiver.position))")
        }
    }

    private func unknown(_ text: String) -> Failure {
        let drifted = findings.filter { $0.isDrifted && !$0.isWaived && $0.rule.source != .waiver }
        let ids = drifted.map(\.id.rawValue)
        let hint = nearest(to: text, among: ids).map { "did you mean '\($0)'?" }
        let all = ids.isEmpty ? "nothing drifted that could be accepted" : "there is \(Self.listed(ids))"
        return Failure(
            .notFound, "no finding '\(text.printable)' at \(snapshot.seq)", why: hint ?? all,
            remedy: hint == nil && ids.count > Self.listedAtMost ? "'tidemark drift' lists them" : nil)
    }

    private static let listedAtMost = 5

    private static func listed(_ ids: [String]) -> String {
        let more = ids.count - listedAtMost
        return ids.prefix(listedAtMost).joined(separator: ", ") + (more > 0 ? " and \(more) more" : "")
    }
}
