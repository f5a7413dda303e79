/// The contents of some parts of the state, from each entry on at which they change.
package struct StateTimeline: Sendable {
    private var changes: [(seq: Seq, contents: ContentSum)] = []

    /// A timeline without a change.
    package init() {}

    /// The timeline of checkpoints before which the state is unknown: the contents are others from each on.
    package init(restarts: [Seq]) {
        for seq in restarts { add(ContentSum(of: "restart \(seq)"), at: seq) }
    }

    /// The timeline of all parts of some others.
    package init(merging others: [StateTimeline]) {
        var differences: [(seq: Seq, difference: ContentSum)] = []
        for other in others {
            var before = ContentSum()
            for (seq, contents) in other.changes {
                var difference = contents
                difference -= before
                differences.append((seq, difference))
                before = contents
            }
        }
        var contents = ContentSum()
        for (seq, difference) in differences.sorted(by: { $0.seq < $1.seq }) {
            contents += difference
            add(contents, at: seq)
        }
    }

    /// Adds a change at the newest entry so far or a later one.
    package mutating func add(_ contents: ContentSum, at seq: Seq) {
        if changes.last?.seq == seq { changes.removeLast() }
        if changes.last?.contents ?? ContentSum() != contents { changes.append((seq, contents)) }
    }

    /// The stretch around a snapshot; it begins with the chain if nothing changed before.
    package func stretch(around seq: Seq) -> StateStretch {
        var (low, high) = (0, changes.count)
        while low < high {
            let middle = (low + high) / 2
            if changes[middle].seq <= seq { low = middle + 1 } else { high = middle }
        }
        let current = low > 0 ? changes[low - 1] : (.first, ContentSum())
        return StateStretch(
            first: current.seq, end: low < changes.count ? changes[low].seq : nil, contents: current.contents)
    }
}

/// Consecutive snapshots in which some parts of the state are the same.
package struct StateStretch: Sendable {
    /// The entry of the first snapshot.
    package let first: Seq
    /// The entry of the first snapshot after them; nil if there is none.
    package let end: Seq?
    /// The contents of the parts.
    package let contents: ContentSum
}
