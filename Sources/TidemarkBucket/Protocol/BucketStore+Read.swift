import Tidemark

extension BucketStore {
    /// The time for which a request without an answer is repeated.
    static let readingTime = Duration.seconds(30)
    /// The time for which an entry that must exist is requested again if it is absent.
    static let absenceTime = Duration.seconds(5)
    /// The most keys of a page of a listing.
    private static let pageSize: Int64 = 1000

    /// Copies to the replica what an environment's chain has and the replica lacks.
    /// - Throws: `Failure` with the code `unavailable` for a store that cannot be read, and `history` for a chain that is damaged,
    ///   lacks an entry before others, or is not the one of the replica; `CancellationError`.
    package func pull(_ environment: EnvironmentName) async throws {
        _ = try await pullWhole(EntryKeys(prefix: prefix, environment: environment))
    }

    /// Copies to the replica what the store has and the replica lacks, and confirms that nothing is behind the end.
    ///
    /// An entry that is absent ends a chain, unless it was removed: only a listing finds those after it.
    /// - Returns: The end of the chain; nil if there is none.
    func pullWhole(_ keys: EntryKeys) async throws -> ChainHead? {
        var head = try await pull(keys)
        while let end = head?.header.seq, let later = try await oldest(keys, after: end) {
            // It may have been appended meanwhile.
            guard let next = try await readExisting(end.next, keys) else {
                throw Failure.gap(keys, at: end.next, before: later)
            }
            try await copy(from: end.next, next, nil, keys)
            head = try await replica.head(of: keys.environment)
        }
        return head
    }

    /// Copies to the replica what the store has and the replica lacks.
    /// - Returns: The end of the chain; nil if there is none.
    func pull(_ keys: EntryKeys) async throws -> ChainHead? {
        let known = try await replica.head(of: keys.environment)
        if let lost = try await replica.lostHead(of: keys.environment), lost.seq > known?.header.seq ?? .first.previous
        {
            try await confirm(lost, keys)
        }
        if let known {
            try await confirm(HeadReference(seq: known.header.seq, hash: known.hash), keys)
            let next = known.header.seq.next
            try await copy(from: next, try await readEntry(next, keys), nil, keys)
        } else {
            try await copyAll(keys)
        }
        return try await replica.head(of: keys.environment)
    }

    /// Copies a chain of which the replica has nothing.
    private func copyAll(_ keys: EntryKeys) async throws {
        var packs = try await self.packs(keys)
        var (first, entry) = (Seq.first, ExportedEntry?.none)
        if let partial = replica as? any PartialReplica {
            entry = try await readEntry(first, keys)
            if let log = entry?.entry.header.log, let begun = try await begin(partial, log, &packs, keys) {
                return try await copy(from: begun.next, begun.entry, packs, keys)
            }
        } else if let copied = try await copyPacks(from: first, &packs, keys) {
            return try await copy(from: copied.next, copied.entry, packs, keys)
        } else {
            entry = try await readEntry(first, keys)
        }
        if entry == nil, let oldest = try await oldest(keys) {
            first = oldest
            entry = try await readEntry(first, keys)
        }
        try await copy(from: first, entry, packs, keys)
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
    private func confirm(_ reference: HeadReference, _ keys: EntryKeys) async throws {
        let found = try await readExisting(reference.seq, keys)?.entry.reference
        guard found != reference else { return }
        let end = try await newest(keys, near: reference.seq).map { "it ends with \($0)" } ?? "it has no entry"
        throw Failure(
            .history, "the history of '\(keys.environment)' is not the one of the local copy",
            why: "the copy ends with \(reference), "
                + (found.map { "and the history has \($0)" } ?? "which the history does not have: \(end)"),
            remedy: "find out who removed or replaced entries; the copy has them")
    }

    /// The newest entry of a chain, as far as it can be read: its number and its hash, or its number alone.
    private func newest(_ keys: EntryKeys, near seq: Seq) async throws -> String? {
        // A page has the entries before it; all of them may have been removed.
        for start in [Seq(rawValue: seq.rawValue - Self.pageSize), nil] {
            guard let last = try await seqs(keys, after: start).last else { continue }
            return (try? await readEntry(last, keys)?.entry.reference.description) ?? last.description
        }
        return nil
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
                try await readExisting(header.seq.previous, keys)?.entry.hash != header.previous
            {
                throw Failure.fork(at: entry, why: "the entry before it is another one, or does not exist")
            }
            if applies(.lookAtOwn), try await readExisting(header.seq, keys)?.entry.hash != entry.hash {
                throw Failure.fork(at: entry, why: "it was replaced or removed")
            }
            // Several of the next entries may have been removed: only a listing finds what follows them.
            if applies(.lookAfter), try await oldest(keys, after: header.seq) != nil,
                try await readExisting(header.seq.next, keys)?.entry.header.previous != entry.hash
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
    func readExisting(_ seq: Seq, _ keys: EntryKeys) async throws -> ExportedEntry? {
        var backoff = Backoff(clock, limit: Self.absenceTime)
        repeat {
            if let found = try await readEntry(seq, keys) { return found }
        } while try await backoff.wait()
        return nil
    }

    /// Reads an entry; nil if it is absent.
    func readEntry(_ seq: Seq, _ keys: EntryKeys) async throws -> ExportedEntry? {
        try await readBytes(keys[seq], keys).map { try EntryObject.decode($0, of: seq, in: keys) }
    }

    /// Reads an object of an environment; nil if it is absent.
    func readBytes(_ key: String, _ keys: EntryKeys) async throws -> [UInt8]? {
        switch try await repeated({ await objects.read(key) }, while: \.isUnknown) {
        case .found(let bytes): return bytes
        case .absent: return nil
        case .refused(let refusal):
            throw Failure.unreadable(keys, why: refusal.why, refusal.remedy(allowing: .checkReading))
        case .unknown(let why): throw Failure.unreadable(keys, why: why, .waitForStore)
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

extension Remedy {
    fileprivate static let checkReading: Remedy =
        "check the address of the history, and the permissions to read and to list its objects"
}

extension Failure {
    fileprivate static func unreadable(_ keys: EntryKeys, why: String, _ remedy: Remedy?) -> Failure {
        Failure(.unavailable, "the history of '\(keys.environment)' cannot be read", why: why, remedy: remedy)
    }

    /// A chain with a removed entry.
    fileprivate static func gap(_ keys: EntryKeys, at seq: Seq, before later: Seq) -> Failure {
        Failure(
            .history, "the history of '\(keys.environment)' is not whole",
            why: "it has entry \(later), and lacks entry \(seq)",
            remedy: .searchCopies)
    }

    /// An entry that was written, but is not part of the chain.
    fileprivate static func fork(at entry: Entry, why: String) -> Failure {
        Failure(
            .history, "\(entry.reference) of '\(entry.header.environment)' was written, and is not part of the chain",
            why: why, remedy: "find out who removes or replaces objects of the history")
    }
}
