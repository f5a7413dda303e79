/// A place that keeps chains of entries, such as a file.
///
/// Two recorders may propose entries at once. A store adopts one proposal at each end of a chain, and refuses the other.
package protocol EntryStore {
    /// The end of an environment's chain, verified; nil if there is none.
    func head(of environment: EnvironmentName) throws(Failure) -> ChainHead?

    /// Appends what a recording changes, all of it or nothing.
    /// - Returns: Nil, with nothing written, if a snapshot was appended since the walk began: the observation is older than
    ///   the newest snapshot.
    func publish(_ recording: Recording) throws(Failure) -> AppendedSnapshot?
}
