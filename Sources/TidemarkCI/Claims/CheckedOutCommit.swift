#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The commit that is checked out in a folder, read from the files in `.git`.
///
/// Git itself is not run: the configuration of a hostile repository can name programs that it would execute. Nothing but a
/// commit's id is taken from a file, so that no file can be shown by naming it.
///
/// Source: gitrepository-layout(5).
public enum CheckedOutCommit {
    /// The largest file with references, in bytes.
    private static let largest = 32 << 20

    /// Finds the checkout around a folder.
    /// - Parameter folder: An absolute path.
    /// - Returns: The id, 40 or 64 hexadecimal digits; nil without a checkout or a commit.
    public static func find(around folder: String) -> String? {
        var folder = folder
        while true {
            let git = "\(folder == "/" ? "" : folder)/.git"
            var status = stat()
            if lstat(git, &status) == 0 { return commit(in: git, isFolder: status.st_mode & S_IFMT == S_IFDIR) }
            guard folder.count > 1, let slash = folder.lastIndex(of: "/") else { return nil }
            folder = slash == folder.startIndex ? "/" : String(folder[..<slash])
        }
    }

    private static func commit(in git: String, isFolder: Bool) -> String? {
        // The `.git` of a further work tree, or of a submodule, is a file that names the folder.
        guard isFolder else {
            guard let folder = line(of: git)?.dropping("gitdir: ") else { return nil }
            return commit(of: resolve(folder, beside: git))
        }
        return commit(of: git)
    }

    private static func commit(of folder: String) -> String? {
        guard let head = line(of: "\(folder)/HEAD") else { return nil }
        guard let name = head.dropping("ref: ") else { return id(head) }
        // A name cannot lead out of the folder: git-check-ref-format(1).
        guard name.hasPrefix("refs/"), !name.contains("..") else { return nil }
        let common = line(of: "\(folder)/commondir").map { resolve($0, beside: "\(folder)/commondir") }
        for folder in [folder, common].compactMap(\.self) {
            if let id = line(of: "\(folder)/\(name)").flatMap(id) ?? packed(name, in: folder) { return id }
        }
        return nil
    }

    /// The id of a reference in the file of packed references: a line with the id, a space and the name.
    private static func packed(_ name: String, in folder: String) -> String? {
        guard let bytes = read("\(folder)/packed-refs") else { return nil }
        let end = Array(" \(name)".utf8)
        return bytes.split(separator: UInt8(ascii: "\n")).first { $0.suffix(end.count).elementsEqual(end) }
            .flatMap { id(String(decoding: $0.dropLast(end.count), as: UTF8.self)) }
    }

    private static func id(_ text: String) -> String? {
        let isID = [40, 64].contains(text.utf8.count) && text.allSatisfy { $0.isASCII && $0.isHexDigit }
        return isID ? text.lowercased() : nil
    }

    private static func resolve(_ path: String, beside file: String) -> String {
        if path.hasPrefix("/") { return path }
        let folder = file.lastIndex(of: "/").map { String(file[..<$0]) } ?? "."
        return "\(folder)/\(path)"
    }

    // MARK: Files

    private static func line(of path: String) -> String? {
        read(path).map { String(decoding: $0.prefix { $0 != UInt8(ascii: "\n") }.prefix(4096), as: UTF8.self) }
    }

    /// The bytes of a regular file; nil for anything else, which could keep a reader waiting.
    private static func read(_ path: String) -> [UInt8]? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOFOLLOW)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_size <= largest else {
            return nil
        }
        var bytes = [UInt8](repeating: 0, count: Int(status.st_size))
        var length = 0
        while length < bytes.count {
            let count = bytes.withUnsafeMutableBytes { buffer in
                #if canImport(Glibc)
                Glibc.read(descriptor, buffer.baseAddress?.advanced(by: length), buffer.count - length)
                #else
                Darwin.read(descriptor, buffer.baseAddress?.advanced(by: length), buffer.count - length)
                #endif
            }
            guard count > 0 else { break }
            length += count
        }
        return Array(bytes[..<length])
    }
}

extension String {
    /// The text after a prefix; nil without it.
    fileprivate func dropping(_ prefix: String) -> String? {
        hasPrefix(prefix) ? String(dropFirst(prefix.count)) : nil
    }
}
