/// The recorded states of one environment, in either direction of time.
public protocol StateSequence {
    /// Visits every snapshot from an entry on, oldest first, until `visit` returns false.
    ///
    /// - Parameters:
    ///   - start: The entry of the first snapshot to visit, or any entry after the snapshot before it.
    ///   - includingReadings: Whether a state whose readings alone changed has a snapshot of its own.
    /// - Throws: `Failure` where the log is damaged, or there is no snapshot at or before `start`.
    func visitForwards(
        from start: Seq, includingReadings: Bool, _ visit: (RecordedState) -> Bool
    ) throws(Failure)

    /// Visits the states at or before an entry, newest first, until `visit` returns false.
    ///
    /// Neighbouring snapshots that show the same are visited once, by the oldest of them. The first state visited has no
    /// snapshot of its own: it is the one at `end`.
    /// - Parameter includingReadings: Whether a change of readings alone ends a state.
    /// - Throws: `Failure` where the log is damaged.
    func visitBackwards(
        from end: Seq, includingReadings: Bool, _ visit: (RecordedState) -> Bool
    ) throws(Failure)
}
