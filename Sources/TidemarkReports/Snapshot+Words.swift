import Tidemark
import TidemarkKinds

extension SnapshotRecord {
    /// `24 questions, all answered`, or a line for each gap with its remedy.
    var answersInWords: String {
        let questions = counted(questionCount, "question")
        guard !gaps.isEmpty else { return "\(questions), all answered" }
        let lines = gaps.map { gap in gap.summary + (gap.remedy.map { "; \($0)" } ?? "") }
        return "\(questions), not all answered:\n" + lines.joined(separator: "\n")
    }

}

extension [Gap] {
    /// The words for no changes: `nothing`, or `nothing in what was seen; 7 resources could not be compared`.
    var noChangesInWords: String {
        guard !isEmpty else { return "nothing" }
        let lists = Set(flatMap(\.members))
        return "nothing in what was seen"
            + uncompared(resources: flatMap(\.facets).map(\.resource), listCount: lists.count)
    }
}

extension [NotFollowedHost] {
    /// The hosts in one line; nil if there are none.
    var inWords: String? { isEmpty ? nil : map(\.description).joined(separator: ", ") }
}

/// A warning that the time of an entry is wrong.
func clockAhead(_ seconds: Int64) -> String { "this time is wrong: a later entry is \(seconds) seconds earlier" }

/// The caller who recorded an entry: `arn:aws:iam::123456789012:user/release-bot (attested)`.
func attestation(of actor: String?) -> String { actor.map { "\($0.printable) (attested)" } ?? "nobody attested" }

extension SnapshotView {
    /// `as of 2026-11-23 21:40:43Z (@2, release v10)`, with a warning if that time is ahead, and the reasons if unsettled.
    var asOf: String {
        let release = recordedRelease.map { ", release \($0.labelInWords)" } ?? ""
        let ahead = secondsAhead.map { "; \(clockAhead($0))" } ?? ""
        let late = body.late.map { "; observed \($0.time.readable), recorded later" } ?? ""
        return "as of \(at.readable) (\(seq)\(release))\(late)\(ahead)\(Unsettled(body.unsettled).clause)"
    }
}

/// `; 7 resources and 1 list could not be compared`, or nothing if all could be.
func uncompared(resources: [ResourceID], listCount: Int) -> String {
    let counts = [("resource", Set(resources).count), ("list", listCount)].filter { $0.1 > 0 }
    guard !counts.isEmpty else { return "" }
    return "; \(counts.map { counted($0.1, $0.0) }.joined(separator: " and ")) could not be compared"
}
