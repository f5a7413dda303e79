import HistoryFiles
import Tidemark

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The replica of all chains at an address, in a history's file in the user's cache.
///
/// The file is marked as a replica, and nothing else writes to it. Its log is verified as any other, so that it is read as any
/// other. A file that is damaged, or is not this replica, is set aside, and the replica is copied again: it has nothing that its
/// store has not.
package actor FileReplica: Replica {
    /// The path of the file.
    package nonisolated let path: String
    private let address: String
    private let images: ImageIndex
    private var history: History
    /// The ends of chains after the newest entries that this process adopted.
    private var ends: [EnvironmentName: ChainEnd] = [:]
    private var isNew = false
    /// The identity of the file when it was opened.
    private var opened: String?
    /// Receives warnings about the file, one line each.
    private let report: @Sendable (String) -> Void

    /// Opens a replica, and creates its file if there is none.
    /// - Parameters:
    ///   - path: The path of the file.
    ///   - address: The address of the store, by which the file is marked.
    ///   - report: Receives warnings about the file, one line each.
    /// - Throws: `Failure` for a file that cannot be written.
    package init(
        at path: String, of address: String, images: ImageIndex, report: @escaping @Sendable (String) -> Void
    ) throws(Failure) {
        (self.path, self.address, self.images, self.report) = (path, address, images, report)
        let file = FileStatus(path)?.identity
        do throws(Failure) {
            history = try Self.open(path, address, images)
        } catch {
            guard error.code == .history else { throw Self.unwritable(error, address) }
            let aside = try Self.setAside(path, of: address, ifStill: file)
            history = try Self.open(path, address, images)
            isNew = true
            report(Self.notice(path, of: address, error, aside))
        }
        opened = FileStatus(path)?.identity
        for notice in history.notices { report(notice) }
    }

    package func head(of environment: EnvironmentName) throws(Failure) -> ChainHead? {
        do throws(Failure) {
            return try history.head(of: environment)
        } catch {
            guard error.code == .history, !isNew else { throw error }
            let aside = try Self.setAside(path, of: address, ifStill: opened)
            history = try Self.open(path, address, images)
            (ends, isNew, opened) = ([:], true, FileStatus(path)?.identity)
            report(Self.notice(path, of: address, error, aside))
            return try history.head(of: environment)
        }
    }

    /// The newest entry that a copy had which was set aside; nil if there is none.
    package func lostHead(of environment: EnvironmentName) -> HeadReference? {
        KeptHeads(beside: path)[environment]
    }

    /// The environments that the replica has, sorted by name.
    package func environments() throws(Failure) -> [EnvironmentName] { try history.environments() }

    package func adopt(_ entry: ExportedEntry) throws(Failure) { try adopt([entry]) }

    /// Adopts entries of one chain in one transaction: all of them, or none.
    package func adopt(_ entries: [ExportedEntry]) throws(Failure) {
        guard let name = entries.first?.entry.header.environment else { return }
        do throws(Failure) {
            ends[name] = try history.writeInTransaction { database in
                try entries.reduce(ends[name]) { try database.adopt($1, after: $0, images) }
            }
        } catch {
            throw Self.unwritable(error, address)
        }
    }

    // MARK: The file

    private static func open(_ path: String, _ address: String, _ images: ImageIndex) throws(Failure) -> History {
        try History.open(writingAt: path, images: images, replicaOf: address)
    }

    /// Sets the file of a replica aside under a number. The heads in it that can be read are kept: the next copy must have them.
    /// - Returns: The path that the file has now.
    @discardableResult
    package static func setAside(_ path: String, of address: String) throws(Failure) -> String {
        try KeptHeads(beside: path).keep(KeptHeads.readable(in: path, of: address))
        let aside = FileStatus.freePath { "\(path).aside\($0 == 1 ? "" : "-\($0)")" }
        guard rename(path, aside) == 0 else {
            throw Failure(
                .unavailable, "'\(path)' cannot be set aside", why: errorMessage(errno), remedy: "delete it")
        }
        // SQLite would play a journal back into the new file.
        for suffix in ["-journal", "-wal", "-shm"] { unlink(path + suffix) }
        return aside
    }

    /// - Returns: Nil if another process has made the copy again meanwhile.
    private static func setAside(
        _ path: String, of address: String, ifStill identity: String?
    ) throws(Failure) -> String? {
        guard FileStatus(path)?.identity == identity else { return nil }
        return try setAside(path, of: address)
    }

    /// A copy that cannot be brought up to date.
    private static func unwritable(_ failure: Failure, _ address: String) -> Failure {
        guard [.nameHistory, "check its permissions"].contains(failure.remedy) else { return failure }
        return Failure(
            .unavailable, "the local copy of '\(address)' cannot be brought up to date",
            why: failure.why.map { "\(failure.what): \($0)" } ?? failure.what, remedy: .nameCache)
    }

    private static func notice(_ path: String, of address: String, _ failure: Failure, _ aside: String?) -> String {
        "the local copy of '\(address)' is made again: \(failure.what)\(failure.why.map { ": \($0)" } ?? "")"
            + (aside.map { "; what was there is now '\($0)'" } ?? "")
    }
}
