import StrictJSON
import StrictYAML
import Tidemark
import TidemarkBaseline

extension Drift {
    /// The finding with an id, or with a unique beginning of one.
    /// - Parameter today: The day that decides whether a waiver of it has expired.
    /// - Throws: `Failure` with the code `notFound` if there is no such finding, and `invalid` if it cannot be accepted.
    public func finding(toAccept text: String, today: Day) throws(Failure) -> Finding {
        let matching = findings.filter { $0.id.rawValue.hasPrefix(text) }
        guard let finding = matching.first, !text.isEmpty else { throw unknown(text) }
        let ids = Set(matching.map(\.id.rawValue)).sorted()
        guard ids.count == 1 else {
            throw Failure(
                .invalid, "'\(text.printable)' is ambiguous: \(ids.count) findings begin with it",
                why: Self.listed(ids),
                remedy: "pass more digits")
        }
        guard case .drifted = finding.status else {
            throw Failure(
                .invalid, "'\(finding.id)' cannot be accepted",
                why: "it is unseen, and only a drift can be accepted",
                remedy: "make it visible first")
        }
        if let problem = problem(with: finding, today: today) { throw problem }
        return finding
    }

    private func problem(with finding: Finding, today: Day) -> Failure? {
        let location = { (position: Position) in "\(position.file.printable):\(position.line)" }
        if finding.rule.source == .waiver {
            return Failure(
                .invalid, "'\(finding.id)' cannot be accepted", why: "it is about a waiver",
                remedy: "change or remove the waiver at \(location(finding.rule.info.position))")
        }
        if let waiver = finding.waiver {
            return Failure(
                .invalid, "'\(finding.id)' is accepted already",
                why: "by \(waiver.owner.printable) until \(waiver.until), at \(location(waiver.position))")
        }
        let own = baseline.waivers.first { $0.finding == finding.id && $0.position.file == baseline.file }
        return own.map { waiver in
            guard waiver.until < today else {
                return Failure(
                    .invalid, "'\(finding.id)' has a waiver", why: "it accepts another value",
                    remedy: "remove the waiver at \(location(waiver.position)) first")
            }
            return Failure(
                .invalid, "'\(finding.id)' has a waiver", why: "it expired on \(waiver.until)",
                remedy: "change its 'until' at \(location(waiver.position))")
        }
    }

    private func unknown(_ text: String) -> Failure {
        let drifted = findings.filter { $0.isDrifted && !$0.isWaived && $0.rule.source != .waiver }
        let ids = drifted.map(\.id.rawValue)
        let hint = nearest(to: text, among: ids).map { "did you mean '\($0)'?" }
        let all = ids.isEmpty ? "no finding can be accepted" : "the findings are \(Self.listed(ids))"
        return Failure(
            .notFound, "no finding '\(text.printable)' at \(snapshot.seq)", why: hint ?? all,
            remedy: hint == nil && ids.count > Self.listedAtMost ? "pass one of the ids in the drift report" : nil)
    }

    private static let listedAtMost = 5

    private static func listed(_ ids: [String]) -> String {
        let more = ids.count - listedAtMost
        return ids.prefix(listedAtMost).joined(separator: ", ") + (more > 0 ? " and \(more) more" : "")
    }
}
