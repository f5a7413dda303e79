import FoundationEssentials
import Tidemark

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The file of a history: the name that the user gave, and the path that SQLite gets.
struct HistoryFile: Sendable, Hashable {
    /// As the user typed it, for messages.
    let name: String
    /// Absolute, with links followed. A name that begins with a slash is never one of SQLite's special names:
    /// `:memory:`, the empty name, a `file:` URI (<https://sqlite.org/c3ref/open.html>).
    let path: String

    /// - Throws: `Failure` where the name is empty, or names something other than a regular file.
    init(_ name: String) throws(Failure) {
        guard !name.isEmpty else {
            throw Failure(.invalid, "the history's name is empty", remedy: "name a file with --history")
        }
        if FileObstacle.find(name, isWritten: false) != nil { throw .cannot("opened", name) }
        self.name = name
        path = realPath(absolutePath(name))
        guard let status = FileStatus(path) else { return }
        guard status.isRegular else {
            throw Failure(
                .history, "'\(name)' is not a history", why: "it is \(status.noun)",
                remedy: "name a file with --history")
        }
    }

    /// Nil where there is no file.
    var status: FileStatus? { FileStatus(path) }

    /// The path of a file that SQLite keeps beside the history.
    func path(beside suffix: String) -> String { path + suffix }

    /// The same for messages: what the user typed, unless that is a link to another folder.
    func name(beside suffix: String) -> String { (isLink ? path : name) + suffix }

    private var isLink: Bool { FileStatus(linkAt: name)?.isLink ?? false }

    /// What is unusual about the file itself, one line each.
    var notices: [String] {
        guard let status else { return [] }
        var notices: [String] = []
        if status.linkCount > 1 {
            notices.append(
                "'\(name)' has \(status.linkCount) hard links: a program that opens it by another name does not see a "
                    + "journal beside this one")
        }
        if status.isWorldWritable {
            notices.append("'\(name)' can be written by every user of this machine: run 'chmod o-w' on it")
        }
        return notices
    }

    // MARK: What lies beside it

    /// Refuses a history with a write-ahead log beside it.
    ///
    /// SQLite answers from a `-wal` without any error, whoever put it there; Tidemark never makes one.
    func refuseWriteAheadLog() throws(Failure) {
        for suffix in ["-wal", "-shm"] where FileStatus(linkAt: path(beside: suffix)) != nil {
            throw Failure(
                .history, "'\(name(beside: suffix))' is beside the history",
                why: "tidemark never creates such a file, and SQLite would read it as part of the history",
                remedy: "if another program has the history open, close it there; otherwise delete the file")
        }
    }
}
