import Tidemark

// An entry of unknown outcome waits in the outbox. Its key decides: it has the entry, or another one, which is certain since no
// object is replaced, or none.
extension BucketStore {
    /// Settles the entry of an earlier command, before another one is proposed.
    /// - Parameter head: The end of the chain.
    /// - Returns: The end of the chain afterwards.
    /// - Throws: `Failure` with the code `unavailable` if the outcome is still unknown: nothing can be recorded before it is known.
    func settle(_ keys: EntryKeys, at head: ChainHead?) async throws -> ChainHead? {
        guard let waiting = try await outbox.entry(of: keys.environment) else { return head }
        let entry = waiting.entry
        if let found = try await readEntry(entry.header.seq, keys)?.entry {
            try await end(waiting, isRecorded: found.isSameRecord(as: entry))
            return head
        }
        // Beside the chain it would be in everybody's way. The entry that gets its key ends its wait.
        guard entry.header.previous == head?.hash else {
            report("\(entry.inWords) is not sent again: the entry before it is not the end of the chain")
            return head
        }
        switch try await write(waiting, keys, mayBeExecuted: true) {
        case .won:
            try await lookAround(waiting, keys)
            try await end(waiting, isRecorded: true)
            await finish(waiting, keys)
        case .lost: try await end(waiting, isRecorded: false)
        case .refused(let refusal): throw Failure.stillUnknown(entry, why: refusal.why)
        case .unknown(let why):
            try Task.checkCancellation()
            throw Failure.stillUnknown(entry, why: why)
        }
        return try await pull(keys)
    }

    /// Reports the entry of an earlier command to a reader, who cannot write it again.
    ///
    /// One that was never recorded stays until the next record, so that nobody can miss it.
    package func reportOutbox(of environment: EnvironmentName) async throws {
        guard let waiting = try await outbox.entry(of: environment) else { return }
        let (entry, keys) = (waiting.entry, EntryKeys(prefix: prefix, environment: environment))
        switch try await readEntry(entry.header.seq, keys)?.entry {
        case let found? where found.isSameRecord(as: entry): try await end(waiting, isRecorded: true)
        case nil: report(entry.waits)
        default: report(entry.neverRecorded)
        }
    }

    private func end(_ waiting: ExportedEntry, isRecorded: Bool) async throws {
        try await outbox.remove(waiting)
        report(isRecorded ? waiting.entry.isRecorded : waiting.entry.neverRecorded)
    }

    /// Compares an entry of the outbox with its neighbours. One that is beside the chain leaves the outbox: the error names it.
    private func lookAround(_ waiting: ExportedEntry, _ keys: EntryKeys) async throws {
        do {
            try await lookAround(waiting.entry, keys)
        } catch let failure as Failure where failure.code == .unknownOutcome {
            throw Failure.stillUnknown(waiting.entry, why: failure.why ?? failure.what)
        } catch let failure as Failure where failure.code == .history {
            try await outbox.remove(waiting)
            throw failure
        }
    }
}

extension Entry {
    /// Whether both are what one command records: an observation in a file can be recorded by several.
    fileprivate func isSameRecord(as other: Entry) -> Bool {
        hash == other.hash
            || header.kind == .snapshot && other.header.kind == .snapshot && header.attempt == other.header.attempt
    }

    private var release: String? {
        header.kind == .snapshot ? (try? snapshotBody())?.release?.label : nil
    }

    private var name: String {
        let release = release.map { " of release '\($0.printable)'" } ?? ""
        return "the \(header.kind.rawValue.printable)\(release) of \(header.at.readable)"
    }

    /// The entry and its place: `the snapshot of release 'v10' of 2026-11-28 18:00Z, @3 of 'antenna-production',`.
    fileprivate var inWords: String { "\(name), \(header.seq) of '\(header.environment)'," }

    /// The notice about an entry in the outbox.
    package var waits: String { "\(inWords) waits with an unknown outcome: the next record sends it again" }

    fileprivate var isRecorded: String {
        "\(name), whose outcome was unknown, is recorded as \(header.seq) of '\(header.environment)'"
            + (header.kind == .binding ? "; the snapshot that was to follow it was not recorded: record it again" : "")
    }

    fileprivate var neverRecorded: String {
        "\(name), whose outcome was unknown, was never recorded: \(header.seq) of '\(header.environment)' is another entry: "
            + (release == nil ? "record again" : "record the release again")
    }
}

extension Failure {
    /// A record that must wait until the outcome of an earlier one is known.
    fileprivate static func stillUnknown(_ entry: Entry, why: String) -> Failure {
        Failure(
            .unavailable, "'\(entry.header.environment)' was not recorded",
            why: "the outcome of \(entry.inWords) is still unknown: \(why)",
            remedy: "record again when the bucket answers")
    }
}
