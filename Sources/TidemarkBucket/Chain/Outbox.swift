import Locking
import Tidemark

/// The entries whose writing ended with an unknown outcome, at most one of each environment.
///
/// Such an entry is written again before another one is proposed: it may be there, or may be there later.
package protocol Outbox: Sendable {
    /// The entry of an environment; nil if there is none.
    func entry(of environment: EnvironmentName) async throws -> ExportedEntry?

    /// Keeps an entry until its outcome is known.
    func keep(_ entry: ExportedEntry) async throws

    /// Removes an entry whose outcome is known. Another one of its environment stays.
    func remove(_ entry: ExportedEntry) async throws
}

/// An outbox that lasts as long as the process.
package final class MemoryOutbox: Outbox {
    private let entries = Locked<[EnvironmentName: ExportedEntry]>([:])

    package init() {}

    package func entry(of environment: EnvironmentName) -> ExportedEntry? {
        entries.withLock { $0[environment] }
    }

    package func keep(_ entry: ExportedEntry) {
        entries.withLock { $0[entry.entry.header.environment] = entry }
    }

    package func remove(_ entry: ExportedEntry) {
        let name = entry.entry.header.environment
        entries.withLock { if $0[name]?.entry.hash == entry.entry.hash { $0[name] = nil } }
    }
}
