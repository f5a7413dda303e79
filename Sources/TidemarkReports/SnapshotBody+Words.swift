import Tidemark

extension SnapshotBody {
    /// `24 questions, all answered`, or a line for each gap with its remedy.
    var answersInWords: String {
        let questions = counted(questionCount, "question")
        guard !gaps.isEmpty else { return "\(questions), all answered" }
        let lines = gaps.map { gap in gap.summary + (gap.remedy.map { "; \($0)" } ?? "") }
        return "\(questions), not all answered:\n" + lines.joined(separator: "\n")
    }
}
