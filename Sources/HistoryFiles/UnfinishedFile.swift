import Tidemark

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A new file that has another name until it is whole.
package struct UnfinishedFile {
    private let target: HistoryFile
    /// The path until then. SQLite finds none of its own files beside it.
    package let path: String
    /// The names of such files that an earlier copy left, or that another one is writing.
    package let others: [String]
    /// The address under which `TemporaryFileName` has the path.
    private let address: UInt

    /// The name that the user typed.
    package var name: String { target.name }

    /// Creates an empty file with the permissions of another one, as far as the user's mask permits.
    /// - Throws: `Failure` if the target exists, or the file cannot be created.
    package init(_ name: String, like other: HistoryFile) throws(Failure) {
        try Self.refuseExisting(name)
        let target = try HistoryFile(name)
        let (path, others) = Self.freePath(beside: target)
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, other.status?.permissions ?? 0o666)
        guard descriptor >= 0 else { throw Self.failure(name) }
        close(descriptor)
        (self.target, self.path, self.others) = (target, path, others)
        address = TemporaryFileName.store(path)
    }

    /// Runs a closure that writes to the file; its errors are failures of the file.
    package func writing(_ body: () throws -> Void) throws(Failure) {
        do { try body() } catch { throw Failure(error, path: name) }
    }

    /// Gives the file its name.
    package func finish() throws(Failure) {
        try Self.refuseExisting(name)
        // Unlike a renaming, a link replaces no file that was created meanwhile.
        guard link(path, target.path) == 0 else { throw Self.failure(name) }
        remove()
    }

    package func remove() {
        TemporaryFileName.clear(address)
        unlink(path)
    }

    private static func failure(_ name: String) -> Failure {
        Failure(.history, "'\(name)' cannot be written", why: errorMessage(errno), remedy: "check the path")
    }

    private static func refuseExisting(_ name: String) throws(Failure) {
        guard FileStatus(linkAt: name) != nil else { return }
        throw Failure(.invalid, "'\(name)' cannot be written", why: "it exists already", remedy: "name a new file")
    }

    /// The first free path, and the names of the files before it.
    private static func freePath(beside target: HistoryFile) -> (path: String, others: [String]) {
        var others: [String] = []
        while true {
            let suffix = ".unfinished-\(others.count + 1)"
            let isFree = ["", "-journal", "-wal", "-shm"].allSatisfy {
                FileStatus(linkAt: target.path + suffix + $0) == nil
            }
            if isFree { return (target.path + suffix, others) }
            others.append(target.name(beside: suffix))
        }
    }
}
