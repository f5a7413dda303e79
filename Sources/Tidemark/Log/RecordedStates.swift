/// The recorded states of one environment, for a replay or for the onset of findings.
public struct RecordedStates: Sendable {
    /// Reads the states within one transaction.
    package let read: @Sendable (_ body: (any StateReader) throws -> Void) throws(Failure) -> Void

    package init(_ read: @escaping @Sendable (_ body: (any StateReader) throws -> Void) throws(Failure) -> Void) {
        self.read = read
    }
}

/// Reads parts of the recorded states of one environment.
package protocol StateReader: AnyObject {
    /// The entries of all snapshots, oldest first.
    func snapshots() throws -> [Seq]

    /// The checkpoints before which the state is unknown.
    func restarts() throws -> [Seq]

    /// The entries at which some parts change, or before which the state is unknown.
    func timeline(of parts: Set<StatePart>) throws -> StateTimeline

    /// A snapshot with some parts, and the whole of their kinds. It may have others, or a part of them.
    func snapshot(with parts: Set<StatePart>, at seq: Seq) throws -> Snapshot

    /// The newest release at a snapshot.
    func release(at seq: Seq) throws -> RecordedRelease?

    /// The entry of a snapshot with its time and its newest release.
    func datedEntry(_ seq: Seq) throws -> DatedEntry
}

extension StateReader {
    /// The last snapshot before an entry; nil if there is none, or the state before is unknown.
    package func snapshot(before seq: Seq) throws -> Seq? {
        if try restarts().contains(seq) { return nil }
        let all = try snapshots()
        var (low, high) = (0, all.count)
        while low < high {
            let middle = (low + high) / 2
            if all[middle] < seq { low = middle + 1 } else { high = middle }
        }
        return low > 0 ? all[low - 1] : nil
    }
}
