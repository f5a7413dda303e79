import Tidemark

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A new file that is written line by line.
package struct LineFile: ~Copyable {
    private let path: String
    private let descriptor: Int32
    private var buffer: [UInt8] = []

    /// Creates an empty file.
    package init(_ path: String, permissions: mode_t) throws(Failure) {
        self.path = path
        descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, permissions)
        guard descriptor >= 0 else { throw Self.failure(path) }
    }

    deinit { close(descriptor) }

    package mutating func add(_ bytes: some Sequence<UInt8>) throws(Failure) {
        buffer += bytes
        if buffer.count >= 1 << 20 { try flush() }
    }

    /// Writes what was added.
    package mutating func flush() throws(Failure) {
        var rest = buffer[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            guard count >= 0 || errno == EINTR else { throw Self.failure(path) }
            rest = rest.dropFirst(max(count, 0))
        }
        buffer.removeAll(keepingCapacity: true)
    }

    package static func failure(_ path: String) -> Failure {
        Failure(
            .unavailable, "'\(path)' cannot be written", why: errorMessage(errno),
            remedy: "check the folder and its disk")
    }
}
