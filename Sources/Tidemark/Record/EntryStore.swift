/// A place that keeps chains of entries, such as a file or a bucket.
///
/// Two recorders may propose entries at once. A store adopts one proposal at each end of a chain, and refuses the other.
package protocol EntryStore {
    /// The end of an environment's chain, verified; nil if there is none.
    func head(of environment: EnvironmentName) async throws -> ChainHead?

    /// Appends what a recording changes, all of it or nothing.
    /// - Returns: Nil, with no snapshot written, if the observation is older than the newest snapshot, or may be.
    func publish(_ recording: Recording) async throws -> AppendedSnapshot?
}
