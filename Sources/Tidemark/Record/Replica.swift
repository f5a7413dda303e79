/// A local copy of the chains in a shared store, such as a bucket. It has no entry that the store has not.
///
/// Several processes may share a replica.
package protocol Replica: Sendable {
    /// The end of the copy of an environment's chain; nil if it has no entry.
    func head(of environment: EnvironmentName) async throws -> ChainHead?

    /// The newest entry of an environment that an earlier copy had, which the store must have too; nil if there is none.
    func lostHead(of environment: EnvironmentName) async throws -> HeadReference?

    /// Verifies the next entry of a chain and appends it. An entry that the replica already has is left as it is.
    /// - Throws: `Failure` with the code `history` for an entry that does not follow the newest one, or does not show the state
    ///   that it records.
    func adopt(_ entry: ExportedEntry) async throws

    /// Adopts entries that follow one another. A failure may leave some of them, or none.
    func adopt(_ entries: [ExportedEntry]) async throws
}

extension Replica {
    /// None: nothing was there before.
    package func lostHead(of environment: EnvironmentName) -> HeadReference? { nil }
}
