import AWSClient
import FoundationEssentials
import HistoryFiles
import Logging
import Tidemark
import TidemarkHistory
import TidemarkReports
import TidemarkShared

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Output: data to stdout, everything else to stderr.
enum Console {
    /// Writes a report to stdout.
    /// - Throws: `Failure` if it could not be written whole, so that a full disk does not look like success.
    static func write(_ text: String, in syntax: RunnerCommands.Syntax) throws(Failure) {
        progress.end()
        guard writeAll(RunnerCommands.escaped(text, in: syntax), to: STDOUT_FILENO) else {
            throw Failure(.unavailable, "the report cannot be written", why: errorMessage(errno))
        }
    }

    /// Writes a line to stderr; a failure of that is ignored, because it cannot be reported.
    static func note(_ line: String) {
        _ = progress.aside { writeAll("\(RunnerCommands.escaped(line, in: .text))\n", to: STDERR_FILENO) }
    }

    /// Whether a path is another name of stdout or stderr, such as `/dev/stdout`, and not a regular file.
    static func isStream(_ path: String) -> Bool {
        var file = stat()
        guard stat(path, &file) == 0, file.st_mode & S_IFMT != S_IFREG else { return false }
        return [STDOUT_FILENO, STDERR_FILENO].contains { descriptor in
            var stream = stat()
            return fstat(descriptor, &stream) == 0 && (stream.st_dev, stream.st_ino) == (file.st_dev, file.st_ino)
        }
    }

    /// Writes notices, one line each.
    static func note(_ notices: [String]) {
        for notice in notices { note("tidemark: \(notice.printable)") }
    }

    static let progress = ProgressLine(clock: .system)

    /// Whether stderr is a terminal on which a line can be rewritten. Some CI systems give their jobs a terminal and store
    /// every character of it.
    static var isWatched: Bool {
        isatty(STDERR_FILENO) == 1 && !isInCI && !["", "dumb"].contains(variables["TERM"] ?? "")
    }

    /// Whether `CI` is set, as most CI systems do.
    static var isInCI: Bool { variables["CI"].map { !$0.isEmpty && $0 != "false" } ?? false }

    /// The folder of the marks of verified histories: `TIDEMARK_CACHE`, or this user's cache. In CI only the former, because
    /// others may be able to write what a CI system keeps between its jobs.
    static var marks: VerificationMarks? {
        guard !isInCI || variables["TIDEMARK_CACHE"].map({ !$0.isEmpty }) == true else { return nil }
        return cacheFolder.map { VerificationMarks(inFolder: $0) }
    }

    /// The folder of the local copies of histories in buckets.
    static func cache() throws(Failure) -> CacheFolder {
        guard let cacheFolder else {
            throw Failure(
                .invalid, "there is no folder for the local copy of the history",
                why: "neither TIDEMARK_CACHE nor XDG_CACHE_HOME nor HOME is set", remedy: "set TIDEMARK_CACHE")
        }
        return CacheFolder(cacheFolder)
    }

    /// `TIDEMARK_CACHE`, or this user's cache; nil without a home.
    private static var cacheFolder: String? {
        if let folder = variables["TIDEMARK_CACHE"], !folder.isEmpty { return folder }
        let cache = variables["XDG_CACHE_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil }
        return (cache ?? variables["HOME"].map { "\($0)/.cache" }).map { "\($0)/tidemark" }
    }

    /// The log of requests to AWS, on stderr.
    static var logger: Logger {
        var logger = Logger(label: "tidemark") { StreamLogHandler(label: $0, stream: ConsoleLog()) }
        logger.logLevel = isDebugging ? .debug : .error
        return logger
    }

    static var isDebugging: Bool { variables["TIDEMARK_LOG"] == "debug" }

    /// Colors on a terminal, unless `NO_COLOR` is set (<https://no-color.org>).
    static var style: TextStyle {
        let isDeclined = variables["NO_COLOR"].map { !$0.isEmpty } ?? false
        return TextStyle(isColored: isatty(STDOUT_FILENO) == 1 && !isDeclined && variables["TERM"] != "dumb")
    }

    static var variables: [String: String] { ProcessInfo.processInfo.environment }

    /// Writes a new file.
    /// - Throws: `Failure` if the file exists already, or cannot be written.
    static func create(_ path: String, _ text: String) throws(Failure) { try NewFile(path).write(text) }

    static func exists(_ path: String) -> Bool { FileStatus(linkAt: path) != nil }
}

/// Writes a text to a descriptor.
/// - Returns: Whether all of it was written; `errno` has the reason if not.
func writeAll(_ text: String, to descriptor: Int32) -> Bool {
    var text = text
    return text.withUTF8 { bytes in
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = write(descriptor, UnsafeBufferPointer(rebasing: rest).baseAddress, rest.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }
}
