import Tidemark

/// The gaps that last at the end of a chain.
struct OpenGaps {
    /// A gap from an entry on.
    struct Gap {
        let since: Seq
        /// The index of the gap among those that began with it.
        let position: Int
        /// The gap in JSON, as in the log.
        let text: String
    }

    private(set) var gaps: [Gap] = []

    init(_ gaps: [Gap] = []) { self.gaps = gaps }

    /// Replaces the gaps by those of a snapshot; equal ones last.
    mutating func replace(by texts: [String], at seq: Seq) -> (ended: [Gap], begun: [Gap]) {
        var new = texts
        let lasting = gaps.filter { gap in
            guard let index = new.firstIndex(of: gap.text) else { return false }
            new.remove(at: index)
            return true
        }
        let ended = gaps.filter { gap in !lasting.contains { $0.since == gap.since && $0.position == gap.position } }
        let begun = new.enumerated().map { Gap(since: seq, position: $0, text: $1) }
        gaps = lasting + begun
        return (ended, begun)
    }
}
