import Tidemark
import TidemarkBucket
import TidemarkHistory

extension SharedHistory {
    /// Copies the chain of an environment from another history, up to its newest entry.
    /// - Parameters:
    ///   - log: The other history, which has the whole chain.
    ///   - report: Receives notices and warnings, one line each.
    ///   - progress: Receives the number of copied entries and of those to copy.
    /// - Returns: The end of the chain, which is that of the other history.
    /// - Throws: `Failure` with the code `mismatch` if the store has another chain, `unavailable` if not every entry was copied, and
    ///   `history` for a chain that is damaged; `CancellationError`.
    package func copy(
        _ environment: EnvironmentName, from log: History, report: @escaping @Sendable (String) -> Void,
        progress: (Int, Int) -> Void = { _, _ in }
    ) async throws -> HeadReference? {
        let store = try store(report)
        let end = try await store.end(of: environment)
        if let end { try check(end, isIn: log) }
        var entries: [ExportedEntry] = []
        try log.export(environment) { entry throws(Failure) in
            if end.map({ entry.entry.header.seq > $0.header.seq }) ?? true { entries.append(entry) }
        }
        let count = entries.count
        try await store.copy(entries) { progress($0, count) }
        return try await confirm(environment, hasEndOf: log, report: report)
    }

    /// Confirms that the store has the chain of an environment as another history has it, and nothing after it.
    /// - Returns: The end of the chain.
    /// - Throws: `Failure` with the code `mismatch` if it has not.
    package func confirm(
        _ environment: EnvironmentName, hasEndOf log: History, report: @escaping @Sendable (String) -> Void
    ) async throws -> HeadReference? {
        let copied = try await store(report).end(of: environment)?.reference
        let newest = try log.newest(of: environment)
        guard copied == newest else {
            throw Failure(
                .mismatch, "'\(address)' does not have the history of '\(environment)' up to its end",
                why: "it \(copied.map { "ends with \($0)" } ?? "has no entry"), and '\(log.path.printable)' "
                    + (newest.map { "with \($0)" } ?? "has none"),
                remedy: "copy it first")
        }
        return copied
    }

    /// Refuses a store in which several requests can create one object.
    /// - Throws: `Failure` with the code `invalid` for such a store, `unavailable` for one that cannot be written;
    ///   `CancellationError`.
    package func race(
        _ environment: EnvironmentName, report: @escaping @Sendable (String) -> Void
    ) async throws { try await store(report).race(for: environment) }

    /// Settles what waits in the outbox of an environment, and brings the replica up to date.
    package func settle(
        _ environment: EnvironmentName, report: @escaping @Sendable (String) -> Void
    ) async throws {
        try await History.locked(at: path, environment) { _ = try await store(report).head(of: environment) }
    }

    /// Appends a recording, like `EntryStore.publish`.
    package func publish(
        _ recording: Recording, report: @escaping @Sendable (String) -> Void
    ) async throws -> AppendedSnapshot? {
        try await History.locked(at: path, recording.environment) { try await store(report).publish(recording) }
    }

    /// What the store has of a chain, beside the replica.
    package enum ChainCondition {
        case whole
        /// The store lacks an entry that the replica has, or has another one.
        case lacks(Failure)
        /// The store is damaged after the end of the replica, which cannot mend it.
        case isDamagedBehind(Failure)
    }

    /// Compares each object of an environment's chain with the replica.
    /// - Throws: `Failure` with the code `unavailable` for a store that cannot be read; `CancellationError`.
    package func condition(
        of environment: EnvironmentName, report: @escaping @Sendable (String) -> Void
    ) async throws -> ChainCondition {
        let store = try store(report)
        do {
            try await store.verify(expected(environment), of: environment)
        } catch let failure as Failure where failure.code == .history {
            return .lacks(failure)
        }
        do {
            _ = try await store.end(of: environment)
            return .whole
        } catch let failure as Failure where failure.code == .history {
            return .isDamagedBehind(failure)
        }
    }

    /// Ends the chain of an environment in the store, like `EntryStore.end`.
    package func end(
        _ environment: EnvironmentName, with move: Move, caller: String?,
        time: () -> (at: Timestamp, clock: EntryClock), report: @escaping @Sendable (String) -> Void,
        prepare: (ChainHead) async throws -> Void
    ) async throws -> HeadReference {
        try await History.locked(at: path, environment) {
            try await store(report).end(environment, with: move, caller: caller, time: time, prepare: prepare)
        }
    }

    /// The entries in the store that are beside the chain in the replica: they follow an entry that was removed or replaced.
    /// - Throws: `Failure` with the code `unavailable` for a store that cannot be read; `CancellationError`.
    package func orphans(
        of environment: EnvironmentName, report: @escaping @Sendable (String) -> Void
    ) async throws -> [OrphanedObject] {
        let log = try History.open(readingAt: path, images: images)
        return try await store(report).orphans(of: environment) { try log.entry(of: environment, at: $0)?.hash }
    }

    private func check(_ end: ChainHead, isIn log: History) throws(Failure) {
        let head = end.reference
        do throws(Failure) {
            try log.verify(head, in: end.header.environment)
        } catch {
            guard error.code == .mismatch else { throw error }
            throw Failure(
                .mismatch, "'\(address)' has another history of '\(end.header.environment)'",
                why: "it ends with \(head), which '\(log.path.printable)' does not have",
                remedy: "name an address without a history: two histories are never merged")
        }
    }
}
