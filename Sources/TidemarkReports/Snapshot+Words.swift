import Tidemark
import TidemarkKinds

extension SnapshotBody {
    /// `24 questions, all answered`, or a line for each gap with its remedy.
    var answersInWords: String {
        let questions = counted(questionCount, "question")
        guard !gaps.isEmpty else { return "\(questions), all answered" }
        let lines = gaps.map { gap in gap.summary + (gap.remedy.map { "; \($0)" } ?? "") }
        return "\(questions), not all answered:\n" + lines.joined(separator: "\n")
    }

    /// A warning that the time of the entry is wrong; nil if it may be right.
    func clockAhead(_ at: Timestamp) -> String? {
        secondsAhead(at).map { "this time is \($0) seconds ahead of AWS's clock" }
    }
}

extension SnapshotView {
    /// `as of 2026-11-23 21:40:43Z (@2, release v10)`, with a warning if that time is ahead, and the reasons if unsettled.
    var asOf: String {
        let release = body.release.map { ", release \($0.label.printable)" } ?? ""
        let ahead = body.clockAhead(at).map { "; \($0)" } ?? ""
        return "as of \(at.readable) (\(seq)\(release))\(ahead)\(Unsettled(body.unsettled).clause)"
    }
}
