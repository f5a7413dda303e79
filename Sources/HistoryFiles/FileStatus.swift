#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The type and the identity of a file: two equal statuses mean that the file has not changed.
package struct FileStatus: Sendable, Hashable {
    private let mode: mode_t
    private let owner: uid_t
    private let device: dev_t
    private let inode: ino_t
    /// When the bytes were modified, and when anything of the file was changed, in nanoseconds since 1970.
    private let modification: Int64
    private let change: Int64
    package let size: Int
    package let linkCount: Int

    /// The status of a file, links followed; nil if it does not exist.
    package init?(_ path: String) {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        self.init(status)
    }

    /// The status of a file or of a link itself; nil if the name does not exist.
    package init?(linkAt path: String) {
        var status = stat()
        guard lstat(path, &status) == 0 else { return nil }
        self.init(status)
    }

    private init(_ status: stat) {
        (mode, owner, device, inode) = (status.st_mode, status.st_uid, status.st_dev, status.st_ino)
        (size, linkCount) = (Int(status.st_size), Int(status.st_nlink))
        #if canImport(Glibc)
        (modification, change) = (status.st_mtim.nanoseconds, status.st_ctim.nanoseconds)
        #else
        (modification, change) = (status.st_mtimespec.nanoseconds, status.st_ctimespec.nanoseconds)
        #endif
    }

    /// The device and the inode, as a file's name.
    package var identity: String { "\(device)-\(inode)" }
    /// All that changes with the file.
    package var text: String { "\(identity) \(size) \(modification) \(change)" }
    /// When the bytes were modified, in milliseconds since 1970.
    package var modified: Int64 { modification / 1_000_000 }
    /// When anything of the file was changed, in milliseconds since 1970.
    package var changed: Int64 { change / 1_000_000 }

    /// The first path, numbered from 1, that does not exist yet.
    package static func freePath(_ path: (Int) -> String) -> String {
        var number = 1
        while FileStatus(linkAt: path(number)) != nil { number += 1 }
        return path(number)
    }

    package var isRegular: Bool { mode & S_IFMT == S_IFREG }
    package var isPipe: Bool { mode & S_IFMT == S_IFIFO }
    package var isLink: Bool { mode & S_IFMT == S_IFLNK }
    package var permissions: mode_t { mode & 0o777 }
    package var isFolder: Bool { mode & S_IFMT == S_IFDIR }
    package var isOwn: Bool { owner == geteuid() }
    package var isOpenToOthers: Bool { permissions & 0o077 != 0 }
    package var isWorldWritable: Bool { mode & 0o002 != 0 }

    /// The type as a noun for messages: `a folder`.
    package var noun: String {
        switch mode & S_IFMT {
        case S_IFDIR: "a folder"
        case S_IFIFO: "a named pipe"
        case S_IFSOCK: "a socket"
        case S_IFCHR, S_IFBLK: "a device"
        case S_IFLNK: "a link"
        default: "a file"
        }
    }
}

extension timespec {
    fileprivate var nanoseconds: Int64 { Int64(tv_sec) * 1_000_000_000 + Int64(tv_nsec) }
}
