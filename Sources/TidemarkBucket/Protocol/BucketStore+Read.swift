import Tidemark

extension BucketStore {
    /// The time for which a request without an answer is repeated.
    private static let readingTime = Duration.seconds(30)
    /// The time for which an entry that must exist is requested again if it is absent.
    private static let absenceTime = Duration.seconds(5)

    /// Copies to the replica what an environment's chain has and the replica lacks.
    /// - Throws: `Failure` with the code `unavailable` for a store that cannot be read, and `history` for a chain that is damaged,
    ///   or not the one of the replica; `CancellationError`.
    package func pull(_ environment: EnvironmentName) async throws {
        _ = try await pull(EntryKeys(prefix: prefix, environment: environment))
    }

    /// Copies to the replica what the store has and the replica lacks.
    /// - Returns: The end of the chain; nil if there is none.
    func pull(_ keys: EntryKeys) async throws -> ChainHead? {
        let known = try await replica.head(of: keys.environment)
        if let known { try await confirm(known, keys) }
        var next = known?.header.seq.next ?? .first
        var entry = try await readEntry(next, keys)
        if known == nil, entry == nil, let oldest = try await oldest(keys) {
            next = oldest
            entry = try await readEntry(next, keys)
        }
        guard entry != nil else { return known }
        var packs: PackList?
        if known == nil, let partial = replica as? any PartialReplica, let log = entry?.entry.header.log {
            var listed = try await self.packs(keys)
            if let begun = try await begin(partial, log, &listed, keys) { (next, entry) = begun }
            packs = listed
        }
        try await copy(from: next, entry, packs, keys)
        return try await replica.head(of: keys.environment)
    }

    /// Copies an entry and all that follow it.
    /// - Parameter packs: The packs of the chain, if they are known.
    private func copy(
        from first: Seq, _ entry: ExportedEntry?, _ packs: PackList?, _ keys: EntryKeys
    ) async throws {
        var (next, entry, packs) = (first, entry, packs)
        while let found = entry {
            // A pull of few entries needs no listing.
            if packs == nil, packSizes.contains(where: { next.rawValue.isMultiple(of: $0.count) }) {
                packs = try await self.packs(keys)
            }
            if var known = packs, let copied = try await copyPacks(from: next, &known, keys) {
                (next, entry, packs) = (copied.next, copied.entry, known)
            } else {
                try await replica.adopt(found)
                next = next.next
                entry = try await readEntry(next, keys)
            }
        }
    }

    /// Compares the end of the replica with the store.
    private func confirm(_ head: ChainHead, _ keys: EntryKeys) async throws {
        let reference = HeadReference(seq: head.header.seq, hash: head.hash)
        let found = try await readExisting(reference.seq, keys)
        guard found?.hash != reference.hash else { return }
        throw Failure(
            .history, "the history of '\(keys.environment)' is not the one of the local copy",
            why: "the copy ends with \(reference), "
                + (found.map { "and the history has \($0.reference)" } ?? "which the history does not have"),
            remedy: "find out who removed or replaced entries; the copy has them")
    }

    /// Reads the neighbours of an entry that was written, and the entry itself.
    ///
    /// A store forgets that a deleted object existed: then the entry is beside the chain. A store may also let two requests create
    /// one object.
    /// - Throws: `Failure` with the code `history` if the entry is not part of the chain, `unknownOutcome` if that is unknown.
    func lookAround(_ entry: Entry, _ keys: EntryKeys) async throws {
        do {
            let header = entry.header
            if applies(.lookBefore), !header.isFirst,
                try await readExisting(header.seq.previous, keys)?.hash != header.previous
            {
                throw Failure.fork(at: entry, why: "the entry before it is another one, or does not exist")
            }
            if applies(.lookAtOwn), try await readExisting(header.seq, keys)?.hash != entry.hash {
                throw Failure.fork(at: entry, why: "it was replaced or removed")
            }
            // Several of the next entries may have been removed: only a listing finds what follows them.
            if applies(.lookAfter), try await oldest(keys, after: header.seq) != nil,
                try await readExisting(header.seq.next, keys)?.header.previous != entry.hash
            {
                throw Failure.fork(at: entry, why: "the entries after it follow another one")
            }
        } catch let failure as Failure where failure.code == .unavailable {
            throw Failure.unknownOutcome(of: entry, why: failure.why ?? failure.what)
        } catch is CancellationError {
            throw Failure.unknownOutcome(of: entry, why: "its neighbours were not read")
        }
    }

    /// Reads an entry that must exist; nil if it is absent for longer than a store may take to show it.
    private func readExisting(_ seq: Seq, _ keys: EntryKeys) async throws -> Entry? {
        var backoff = Backoff(clock, limit: Self.absenceTime)
        repeat {
            if let found = try await readEntry(seq, keys) { return found.entry }
        } while try await backoff.wait()
        return nil
    }

    /// Reads an entry; nil if it is absent.
    func readEntry(_ seq: Seq, _ keys: EntryKeys) async throws -> ExportedEntry? {
        switch try await repeated({ await objects.read(keys[seq]) }, while: \.isUnknown) {
        case .found(let bytes): return try EntryObject.decode(bytes, of: seq, in: keys)
        case .absent: return nil
        case .refused(let why), .unknown(let why): throw Failure.unreadable(keys, why: why)
        }
    }

    func repeated<Outcome>(
        _ request: () async -> Outcome, while isUnknown: (Outcome) -> Bool
    ) async throws -> Outcome {
        var backoff = Backoff(clock, limit: Self.readingTime)
        while true {
            let outcome = await request()
            guard isUnknown(outcome), try await backoff.wait() else { return outcome }
        }
    }
}

extension ReadOutcome {
    fileprivate var isUnknown: Bool { if case .unknown = self { true } else { false } }
}

extension Failure {
    fileprivate static func unreadable(_ keys: EntryKeys, why: String) -> Failure {
        Failure(
            .unavailable, "the history of '\(keys.environment)' cannot be read", why: why,
            remedy: "check the address of the history, and the permissions to read and to list its objects")
    }

    /// An entry that was written, but is not part of the chain.
    fileprivate static func fork(at entry: Entry, why: String) -> Failure {
        Failure(
            .history, "\(entry.reference) of '\(entry.header.environment)' was written, and is not part of the chain",
            why: why, remedy: "find out who removes or replaces objects of the history")
    }
}
