import GRDB
import Synchronization
import Tidemark

extension History {
    /// Reads within one transaction from an index that is what the log says, so that an answer can rely on what is *not* found.
    ///
    /// A file that was verified before, and has not changed since, is not verified again.
    /// - Parameter environments: The environments that the answer is about; nil for all.
    func readIndexed<Value>(
        of environments: [EnvironmentName]? = nil, _ body: (Database) throws -> Value
    ) throws(Failure) -> Value {
        try read { database in
            let environments = try environments ?? database.environments()
            if try !isVerified(environments, in: database) {
                try database.verifyIndex(of: environments, images)
                mark?.write(for: environments)
                verified.add(environments, in: try database.version())
            }
            return try body(database)
        }
    }

    /// Whether the index of some environments was verified, and the file has not changed since.
    func isVerified(_ environments: [EnvironmentName], in database: Database) throws -> Bool {
        let version = try database.version()
        if verified.holds(for: environments, in: version) { return true }
        guard mark?.hold(for: environments) == true else { return false }
        verified.add(environments, in: version)
        return true
    }
}

extension Database {
    /// SQLite's number of the database's version, which another connection's transaction changes.
    fileprivate func version() throws -> Int64 { try Int64.fetchOne(self, sql: "PRAGMA data_version") ?? 0 }
}

/// The environments whose index was verified since the history was opened.
final class VerifiedEnvironments: Sendable {
    private struct Verified {
        var version: Int64 = -1
        var environments: Set<EnvironmentName> = []
    }

    private let verified = Mutex(Verified())

    func holds(for environments: [EnvironmentName], in version: Int64) -> Bool {
        verified.withLock { $0.version == version && $0.environments.isSuperset(of: environments) }
    }

    func add(_ environments: [EnvironmentName], in version: Int64) {
        verified.withLock { verified in
            if verified.version != version { verified = Verified(version: version) }
            verified.environments.formUnion(environments)
        }
    }
}
