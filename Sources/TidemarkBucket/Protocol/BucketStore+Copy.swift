import Tidemark

extension BucketStore {
    /// Copies the next entries of another history's chain to the end of the same chain in the store.
    ///
    /// A copy that was interrupted is continued by the same call: an entry that is there already is won.
    /// - Parameters:
    ///   - entries: The entries in their order, the first of which follows the end of the chain in the store.
    ///   - progress: Receives the number of copied entries after each one.
    /// - Throws: `Failure` with the code `mismatch` if the store has another chain, `unavailable` if an entry was not written, or may
    ///   not have been; `CancellationError`.
    package func copy(_ entries: [ExportedEntry], progress: (Int) -> Void = { _ in }) async throws {
        for (index, entry) in entries.enumerated() {
            let header = entry.entry.header
            let keys = EntryKeys(prefix: prefix, environment: header.environment)
            switch try await write(entry, keys) {
            case .won: await finish(entry, keys)
            case .lost:
                throw Failure(
                    .mismatch, "entry \(header.seq) of '\(header.environment)' cannot be copied",
                    why: "the history there has another entry of that number",
                    remedy: "name an address without a history: two histories are never merged")
            case .refused(let why), .unknown(let why):
                throw Failure(
                    .unavailable, "entry \(header.seq) of '\(header.environment)' was not copied", why: why,
                    remedy: "run the command again, which goes on from there")
            }
            progress(index + 1)
        }
    }

    /// The end of an environment's chain in the store, without what waits in the outbox; nil if there is none.
    package func end(of environment: EnvironmentName) async throws -> ChainHead? {
        try await pullWhole(EntryKeys(prefix: prefix, environment: environment))
    }

    /// The entries in the store beside a whole copy of a chain, in their order: each one from the first that was removed or replaced
    /// on that the copy does not have.
    /// - Parameters:
    ///   - newest: The newest entry of the copy.
    ///   - copied: Returns the hash of the copy's entry with a number; nil if it has none.
    /// - Throws: `Failure` with the code `unavailable` for a store that cannot be read, `history` for an object that is damaged;
    ///   `CancellationError`.
    package func orphans(
        of environment: EnvironmentName, beside newest: HeadReference, copied: (Seq) throws -> ContentHash?
    ) async throws -> [Entry] {
        let keys = EntryKeys(prefix: prefix, environment: environment)
        let seqs = try await seqs(keys, after: nil)
        let first = zip(seqs, seqs.dropFirst()).first { $1 != $0.next }?.1 ?? newest.seq
        var orphans: [Entry] = []
        for seq in seqs where seq >= min(first, newest.seq) {
            guard let entry = try await readEntry(seq, keys)?.entry, try copied(seq) != entry.hash else { continue }
            orphans.append(entry)
        }
        return orphans
    }
}
