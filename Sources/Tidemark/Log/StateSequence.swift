/// The recorded states of one environment, to be visited in either direction of time.
public protocol StateSequence {
    /// Visits every snapshot from an entry on, oldest first, until `visit` returns false.
    /// - Parameters:
    ///   - start: The entry of the first snapshot to visit, or any entry after the snapshot before it.
    ///   - includingReadings: Whether a change of readings, or of the environment's status, alone makes a new state, which has
    ///     a snapshot of its own.
    /// - Throws: `Failure` for a damaged log, and for a start without a snapshot at or before it.
    func visitForwards(
        from start: Seq, includingReadings: Bool, _ visit: (RecordedState) -> Bool
    ) throws(Failure)

    /// Visits the states at or before an entry, newest first, until `visit` returns false.
    ///
    /// Consecutive snapshots that show the same are visited once, as the oldest of them. The first visited state, the one at
    /// `end`, has no snapshot.
    /// - Parameters:
    ///   - end: The entry of the newest state to visit.
    ///   - includingReadings: Whether a change of readings, or of the environment's status, alone makes a new state.
    /// - Throws: `Failure` for a damaged log.
    func visitBackwards(
        from end: Seq, includingReadings: Bool, _ visit: (RecordedState) -> Bool
    ) throws(Failure)
}
