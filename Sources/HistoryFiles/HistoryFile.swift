import FoundationEssentials
import Tidemark

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The file of a history: the name that the user typed, and the path that SQLite opens.
package struct HistoryFile: Sendable, Hashable {
    /// The name as the user typed it, for messages.
    package let name: String
    /// The absolute path, links followed. A name that begins with a slash is never one of SQLite's special names:
    /// `:memory:`, the empty name, a `file:` URI (<https://sqlite.org/c3ref/open.html>).
    package let path: String

    /// - Throws: `Failure` for an empty name, for anything but a regular file, and for a path that cannot be opened.
    package init(_ name: String) throws(Failure) {
        guard !name.isEmpty else {
            throw Failure(.invalid, "the history's name is empty", remedy: .nameHistory)
        }
        if FileObstacle.find(name, isWritten: false) != nil { throw .cannot("opened", name) }
        self.name = name
        path = realPath(absolutePath(name))
        guard let status = FileStatus(path) else { return }
        guard status.isRegular else {
            throw Failure(
                .history, "'\(name)' is not a history", why: "it is \(status.noun)",
                remedy: .nameHistory)
        }
    }

    /// The file's status; nil if it does not exist.
    package var status: FileStatus? { FileStatus(path) }

    /// The path of a file that SQLite keeps beside the history.
    package func path(beside suffix: String) -> String { path + suffix }

    /// The name of such a file for messages: beside the name that the user typed, unless that is a link.
    package func name(beside suffix: String) -> String { (isLink ? path : name) + suffix }

    private var isLink: Bool { FileStatus(linkAt: name)?.isLink ?? false }

    /// Hard links and permissions of the file that are a risk, one line each.
    package var notices: [String] {
        guard let status else { return [] }
        var notices: [String] = []
        if status.linkCount > 1 {
            notices.append(
                "'\(name)' has \(status.linkCount) hard links: a program that opens it by another name does not see a "
                    + "journal beside this name")
        }
        if status.isWorldWritable {
            notices.append("'\(name)' can be written by every user of this machine: run 'chmod o-w' on it")
        }
        return notices
    }

    /// Refuses a history with a write-ahead log beside it.
    ///
    /// SQLite reads a `-wal` file without any error, whoever created it; Tidemark never creates one.
    package func refuseWriteAheadLog() throws(Failure) {
        for suffix in ["-wal", "-shm"] where FileStatus(linkAt: path(beside: suffix)) != nil {
            throw Failure(
                .history, "'\(name(beside: suffix))' is beside the history",
                why: "Tidemark never creates such a file, and SQLite would read it as part of the history",
                remedy: "if another program has the history open, close it there; otherwise delete the file")
        }
    }
}
