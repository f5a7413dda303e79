#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The file access that credentials need, passed in so that a test needs no home folder.
public struct ClientFiles: Sendable {
    /// Reads a file; nil if there is no regular file of that name.
    /// - Throws: `AWSError` with reason `credentials` if the file cannot be read.
    public var read: @Sendable (_ path: String) throws(AWSError) -> [UInt8]?
    /// The user's home folder, used if `HOME` is not set.
    public var home: @Sendable () -> String?

    /// Creates a file access from its functions.
    public init(
        read: @escaping @Sendable (_ path: String) throws(AWSError) -> [UInt8]?,
        home: @escaping @Sendable () -> String? = { nil }
    ) {
        self.read = read
        self.home = home
    }

    /// The file system.
    public static let system = ClientFiles(read: readFile, home: homeFolder)
}

@Sendable private func readFile(_ path: String) throws(AWSError) -> [UInt8]? {
    var status = stat()
    // Like botocore, treat a device such as /dev/null as a missing file.
    guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw unreadable(path) }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
        let count = read(descriptor, &chunk, chunk.count)
        if count < 0, errno == EINTR { continue }
        guard count >= 0 else { throw unreadable(path) }
        if count == 0 { return bytes }
        bytes += chunk.prefix(count)
    }
}

/// The error for the current `errno`.
private func unreadable(_ path: String) -> AWSError {
    AWSError(reason: .credentials, message: "'\(path)' cannot be read: \(String(cString: strerror(errno)))")
}

@Sendable private func homeFolder() -> String? {
    var entry = passwd()
    var found: UnsafeMutablePointer<passwd>?
    return withUnsafeTemporaryAllocation(of: CChar.self, capacity: 1 << 14) { buffer in
        guard let texts = buffer.baseAddress, getpwuid_r(getuid(), &entry, texts, buffer.count, &found) == 0,
            found != nil, let folder = entry.pw_dir
        else { return nil }
        return String(cString: folder)
    }
}
