import Locking
import StrictJSON
import Tidemark

/// A replica that lasts as long as the process.
package final class MemoryReplica: Replica {
    private let images: ImageIndex
    /// The copies by the name in keys: names that Unicode calls equivalent are two environments.
    private let copies = Locked<[String: ChainCopy]>([:])

    package init(images: ImageIndex) { self.images = images }

    package func head(of environment: EnvironmentName) throws -> ChainHead? {
        try copies.withLock { $0[EntryKeys.encode(environment.rawValue)] }?.head
    }

    package func adopt(_ entry: ExportedEntry) throws {
        let environment = entry.entry.header.environment
        try copies.withLock { copies in
            try copies[EntryKeys.encode(environment.rawValue), default: ChainCopy(of: environment, images: images)]
                .append(entry)
        }
    }
}
