import Locking
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
        if let first = entries.first?.entry.header, first.isFirst { try await race(for: first.environment) }
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
            case .refused(let refusal): throw Failure.notCopied(header, why: refusal.why)
            case .unknown(let why): throw Failure.notCopied(header, why: why)
            }
            progress(index + 1)
        }
    }

    /// The end of an environment's chain in the store, without what waits in the outbox; nil if there is none.
    package func end(of environment: EnvironmentName) async throws -> ChainHead? {
        try await pullWhole(EntryKeys(prefix: prefix, environment: environment))
    }

    /// The objects in the store beside a whole copy of a chain, in their order: each entry that the copy does not have.
    /// - Parameter copied: Returns the hash of the copy's entry with a number; nil if it has none.
    /// - Throws: `Failure` with the code `unavailable` for a store that cannot be read; `CancellationError`.
    package func orphans(
        of environment: EnvironmentName, copied: @escaping @Sendable (Seq) throws -> ContentHash?
    ) async throws -> [OrphanedObject] {
        let keys = EntryKeys(prefix: prefix, environment: environment)
        let orphans = Locked<[OrphanedObject]>([])
        try await forEachConcurrently(try await seqs(keys, after: nil)) { seq in
            var entry: Entry?
            do {
                entry = try await readEntry(seq, keys)?.entry
            } catch let failure as Failure where failure.code == .history {
                // A damaged object is beside the chain too.
            }
            if try copied(seq) != entry?.hash || entry == nil {
                orphans.withLock { $0.append(OrphanedObject(seq: seq, entry: entry)) }
            }
        }
        return orphans.withLock { $0.sorted { $0.seq < $1.seq } }
    }
}

extension Failure {
    fileprivate static func notCopied(_ header: Header, why: String) -> Failure {
        Failure(
            .unavailable, "entry \(header.seq) of '\(header.environment)' was not copied", why: why,
            remedy: "run the command again, which goes on from there")
    }
}

/// The object of an entry that is beside a chain.
package struct OrphanedObject: Sendable {
    /// The number in its key.
    package let seq: Seq
    /// The entry; nil for an object that is damaged.
    package let entry: Entry?
}
