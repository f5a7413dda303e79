import Tidemark

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The reason why this process cannot use a history's file, found by system calls: SQLite reports only that it cannot be
/// opened.
///
/// The file itself is not opened: closing another descriptor of it would drop the locks that SQLite has on it
/// ("How To Corrupt An SQLite Database File", section 2.2).
package struct FileObstacle {
    package let why: String
    package let remedy: Remedy

    /// - Parameter isWritten: Whether the file is written too, which needs a journal beside it.
    /// - Returns: Nil if the system calls find no reason.
    package static func find(_ path: String, isWritten: Bool) -> FileObstacle? {
        descriptors ?? folder(of: path) ?? file(path) ?? (isWritten ? writing(path) : nil)
    }

    private static var descriptors: FileObstacle? {
        switch errorOf({ open("/", O_RDONLY | O_CLOEXEC) }, { close($0) }) {
        case EMFILE:
            FileObstacle(why: "no file descriptor is left", remedy: "raise the limit with 'ulimit -n 256'")
        case ENFILE:
            FileObstacle(why: "no file descriptor is left on this machine", remedy: "try again when it has less to do")
        default: nil
        }
    }

    private static func folder(of path: String) -> FileObstacle? {
        let folder = parentFolder(of: path)
        let check: Remedy = "check the path"
        return switch errorOf({ access("\(folder)/.", X_OK) }) {
        case 0: nil
        case ENOENT: FileObstacle(why: "the folder '\(folder.printable)' does not exist", remedy: check)
        case ENOTDIR: FileObstacle(why: "'\(folder.printable)' is not a folder", remedy: check)
        case EACCES:
            FileObstacle(
                why: "this user has no access to the folder '\(folder.printable)'",
                remedy: "check its permissions, and those of the folders above it")
        case let code: FileObstacle(why: errorMessage(code), remedy: check)
        }
    }

    private static func file(_ path: String) -> FileObstacle? {
        switch errorOf({ access(path, R_OK) }) {
        case 0, ENOENT: nil
        case EACCES: FileObstacle(why: "this user may not read it", remedy: "check its permissions")
        case let code: FileObstacle(why: errorMessage(code), remedy: "check the path")
        }
    }

    private static func writing(_ path: String) -> FileObstacle? {
        let (file, folder) = (errorOf { access(path, W_OK) }, errorOf { access(parentFolder(of: path), W_OK) })
        if file == EROFS || folder == EROFS {
            return FileObstacle(why: "its file system is read-only", remedy: .nameHistory)
        }
        if file == EACCES { return FileObstacle(why: "this user may not write it", remedy: "check its permissions") }
        if folder == EACCES {
            return FileObstacle(why: "this user cannot create files in its folder", remedy: "check its permissions")
        }
        return nil
    }

    /// The `errno` of a call that returns -1 if it fails; 0 if it succeeds.
    private static func errorOf(_ call: () -> Int32, _ end: (Int32) -> Int32 = { _ in 0 }) -> Int32 {
        let result = call()
        guard result >= 0 else { return errno }
        _ = end(result)
        return 0
    }
}
