import FoundationEssentials
import HistoryFiles
import Tidemark

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

extension NamedFile {
    /// The size limit in bytes, larger than any file that people write for Tidemark.
    private static let largest = 4 << 20

    /// - Parameters:
    ///   - what: The role of the file, for messages: `baseline`.
    ///   - remedy: What to do if it cannot be read.
    func readText(_ what: String, remedy: Remedy) throws(Failure) -> String {
        let bytes = try read(what, remedy: remedy)
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw unreadable(what, "it is not UTF-8", remedy)
        }
        // A byte order mark is not part of the text.
        return text.hasPrefix("\u{FEFF}") ? String(text.unicodeScalars.dropFirst()) : text
    }

    /// - Parameters:
    ///   - takesPipes: Whether the file may be a pipe, such as the shell's `<(command)`.
    ///   - limit: The size limit in bytes.
    func read(
        _ what: String, takesPipes: Bool = false, atMost limit: Int = largest, remedy: Remedy
    ) throws(Failure) -> [UInt8] {
        try checkPath()
        guard let status = FileStatus(name) else {
            throw Failure(
                .notFound, "no \(what) at '\(name.printable)'",
                why: errno == ENOENT ? "it does not exist" : errorMessage(errno), remedy: remedy)
        }
        guard status.isRegular || takesPipes && status.isPipe else {
            throw Failure(.notFound, "no \(what) at '\(name.printable)'", why: "it is \(status.noun)", remedy: remedy)
        }
        let descriptor = open(name, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw unreadable(what, errorMessage(errno), remedy) }
        defer { close(descriptor) }
        guard let bytes = readAll(of: descriptor, atMost: limit) else {
            throw unreadable(what, errorMessage(errno), remedy)
        }
        guard bytes.count <= limit else {
            throw unreadable(what, "it has more than \(limit >> 20) MiB", remedy)
        }
        return bytes
    }

    private func unreadable(_ what: String, _ why: String, _ remedy: Remedy) -> Failure {
        Failure(.invalid, "the \(what) '\(name.printable)' cannot be read", why: why, remedy: remedy)
    }
}

/// The bytes of a file, at most one more than the limit.
/// - Returns: Nil if it cannot be read; `errno` has the reason.
private func readAll(of descriptor: Int32, atMost limit: Int) -> [UInt8]? {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while bytes.count <= limit {
        let count = chunk.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
        if count < 0, errno == EINTR { continue }
        guard count >= 0 else { return nil }
        if count == 0 { return bytes }
        bytes += chunk[..<count]
    }
    return Array(bytes.prefix(limit + 1))
}
