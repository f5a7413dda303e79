import Locking
import StrictJSON
import Tidemark

/// A replica that can begin in the middle of a chain: it has the end, and not all entries.
protocol PartialReplica: Replica {
    /// Begins the empty copy of a chain with the state in a pack.
    /// - Parameter log: The id of the log.
    /// - Throws: `Failure` with the code `history` for a pack whose state is not the one that its newest snapshot records.
    func begin(with pack: Pack, of log: RandomID) async throws
}

/// A replica that lasts as long as the process.
package final class MemoryReplica: PartialReplica {
    private let images: ImageIndex
    private let copies = Locked<[EnvironmentName: ChainCopy]>([:])

    package init(images: ImageIndex) { self.images = images }

    package func head(of environment: EnvironmentName) throws -> ChainHead? {
        try copies.withLock { $0[environment] }?.head
    }

    package func adopt(_ entry: ExportedEntry) throws {
        let environment = entry.entry.header.environment
        try copies.withLock { copies in
            try copies[environment, default: ChainCopy(of: environment, images: images)]
                .append(entry)
        }
    }

    package func adopt(_ entries: [ExportedEntry]) throws { for entry in entries { try adopt(entry) } }

    func begin(with pack: Pack, of log: RandomID) throws {
        let environment = pack.entries[0].entry.header.environment
        let copy = try ChainCopy(of: environment, images: images, atEndOf: pack, log: log)
        copies.withLock { $0[environment] = copy }
    }

    /// The checkpoint that would follow the newest entry of an environment's chain; nil if the state there is unknown.
    func checkpoint(of environment: EnvironmentName) -> ExportedEntry? {
        copies.withLock { $0[environment] }?.checkpoint
    }
}
