import FoundationEssentials
import Tidemark

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A new folder that has another name until it is whole.
package struct UnfinishedFolder {
    /// The name that the user typed.
    package let name: String
    /// The path until then.
    package let path: String
    /// The names of such folders that an earlier export left, or that another one is writing.
    package let others: [String]
    /// The permissions of the files, as far as the user's mask permits.
    private let permissions: mode_t
    /// The permissions of the whole folder.
    private let finalPermissions: mode_t
    /// The address under which `TemporaryFileName` has the path.
    private let address: UInt

    /// Creates a folder with empty folders in it. Until it is whole, only this user can enter it.
    /// - Parameters:
    ///   - other: The file whose permissions the files will have.
    ///   - folders: The paths of the folders in it, each after the one that it is in.
    ///   - files: The paths of the files that will be in it.
    /// - Throws: `Failure` if the name is taken by anything but an empty folder, or the folder cannot be created.
    package init(_ name: String, like other: HistoryFile, folders: [String], files: [String]) throws(Failure) {
        try Self.refuseExisting(name)
        var others: [String] = []
        let prefix = (name.hasSuffix("/") ? String(name.dropLast()) : name) + ".unfinished-"
        while FileStatus(linkAt: "\(prefix)\(others.count + 1)") != nil {
            others.append("\(prefix)\(others.count + 1)")
        }
        (self.name, path, self.others) = (name, "\(prefix)\(others.count + 1)", others)
        permissions = other.status?.permissions ?? 0o666
        let folderPermissions = Self.ofFolder(permissions)
        guard mkdir(path, folderPermissions) == 0, let status = FileStatus(linkAt: path), chmod(path, 0o700) == 0 else {
            throw Self.failure(name)
        }
        finalPermissions = status.permissions
        address = TemporaryFileName.store(folder: path, files: files + folders.reversed())
        for folder in folders where mkdir("\(path)/\(folder)", folderPermissions) != 0 {
            let failure = Self.failure(name)
            remove()
            throw failure
        }
    }

    /// Gives the folder its name.
    package func finish() throws(Failure) {
        // A renaming replaces an empty folder, and nothing else.
        guard chmod(path, finalPermissions) == 0, rename(path, name) == 0 else {
            throw Self.failure(name)
        }
        TemporaryFileName.clear(address)
    }

    /// Creates a file in it.
    package func file(_ file: String) throws(Failure) -> LineFile {
        try LineFile("\(path)/\(file)", permissions: permissions)
    }

    package func write(_ text: String, to name: String) throws(Failure) {
        var file = try file(name)
        try file.add(text.utf8)
        try file.flush()
    }

    /// Removes a file in it.
    package func remove(_ file: String) { unlink("\(path)/\(file)") }

    package func remove() {
        try? FileManager.default.removeItem(atPath: path)
        TemporaryFileName.clear(address)
    }

    /// Who may read a file may enter its folder.
    private static func ofFolder(_ permissions: mode_t) -> mode_t { permissions | (permissions & 0o444) >> 2 | 0o300 }

    private static func refuseExisting(_ name: String) throws(Failure) {
        guard let status = FileStatus(linkAt: name) else { return }
        let isEmpty = status.isFolder && (try? FileManager.default.contentsOfDirectory(atPath: name))?.isEmpty == true
        guard !isEmpty else { return }
        let why = status.isFolder ? "the folder is not empty" : "it exists already"
        throw Failure(.invalid, "'\(name)' cannot be written", why: why, remedy: "name a new or an empty folder")
    }

    private static func failure(_ name: String) -> Failure {
        Failure(.unavailable, "'\(name)' cannot be written", why: errorMessage(errno), remedy: "check the path")
    }
}
