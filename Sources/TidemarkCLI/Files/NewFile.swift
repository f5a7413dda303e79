import Tidemark

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A file that is created before its text is known, so that a path that cannot be written is found at once.
final class NewFile {
    private let path: String
    private let descriptor: Int32
    private var isWhole = false

    /// Creates an empty file.
    /// - Throws: `Failure` if the file exists already, or cannot be written.
    init(_ path: String) throws(Failure) {
        try NamedFile.typed(path).checkPath()
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
        guard descriptor >= 0 else {
            throw Failure(.invalid, "'\(path.printable)' cannot be written", why: errorMessage(errno))
        }
        (self.path, self.descriptor) = (path, descriptor)
    }

    /// Writes the text, and lets the file stay.
    /// - Throws: `Failure` if it cannot be written whole.
    func write(_ text: String) throws(Failure) {
        guard writeAll(text, to: descriptor), fsync(descriptor) == 0 else {
            throw Failure(.unavailable, "'\(path.printable)' cannot be written", why: errorMessage(errno))
        }
        isWhole = true
    }

    deinit {
        close(descriptor)
        if !isWhole { unlink(path) }
    }
}
