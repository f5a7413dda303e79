import FoundationEssentials
import MessageDigests
import Tidemark

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// An outbox that outlives the process: a file for each entry, which has the bytes of the entry's object.
///
/// A file that has no entry is set aside under a number, and reported: it does not prevent a record.
package struct FileOutbox: Outbox {
    private let path: String
    private let prefix: String
    private let report: @Sendable (String) -> Void

    /// - Parameters:
    ///   - path: The part that the paths of the files begin with. Each store has one of its own, in a folder that exists.
    ///   - prefix: The part of all keys of the store before the environment.
    ///   - report: Receives warnings about the files, one line each.
    package init(at path: String, prefix: String, report: @escaping @Sendable (String) -> Void) {
        self.path = path
        self.prefix = prefix
        self.report = report
    }

    package func entry(of environment: EnvironmentName) -> ExportedEntry? {
        let file = file(of: environment)
        guard FileManager.default.fileExists(atPath: file) else { return nil }
        let why: String
        do throws(Failure) {
            return try read(file, environment)
        } catch {
            why = error.why ?? error.what
        }
        setAside(file, "it has no entry of '\(environment)' whose outcome is unknown: \(why)")
        return nil
    }

    package func keep(_ entry: ExportedEntry) throws(Failure) {
        let (environment, hash) = (entry.entry.header.environment, entry.entry.hash)
        let (bytes, file) = (try EntryObject.encode(entry), file(of: environment))
        // Only a recorder that did not wait for the lock can find another one's.
        if let other = self.entry(of: environment), other.entry.hash != hash {
            setAside(file, "another snapshot of '\(environment)' has an unknown outcome too")
        }
        do {
            try Data(bytes).write(to: URL(filePath: file), options: .atomic)
        } catch {
            throw Failure(
                .unavailable, "'\(file)' cannot be written", why: String(cString: strerror(errno)).lowercased(),
                remedy: "check the folder and its permissions")
        }
    }

    package func remove(_ entry: ExportedEntry) {
        let environment = entry.entry.header.environment
        guard self.entry(of: environment)?.entry.hash == entry.entry.hash else { return }
        unlink(file(of: environment))
    }

    /// The environments that have an entry here, in no order.
    package func environments() -> [EnvironmentName] {
        let folder = URL(filePath: path).deletingLastPathComponent().path
        let beginning = URL(filePath: path).lastPathComponent + "."
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.filter { $0.hasPrefix(beginning) && $0.hasSuffix(Self.suffix) }.compactMap { name in
            let bytes = FileManager.default.contents(atPath: "\(folder)/\(name)").map { [UInt8]($0) }
            let lines = try? ObjectLines.decode(bytes ?? []) { Failure(.history, $0) }
            return lines?.first.flatMap { try? Header(parsing: $0) }?.environment
        }
    }

    // MARK: Files

    private static let suffix = ".outbox"

    /// A name of an environment can be longer than that of a file.
    private func file(of environment: EnvironmentName) -> String {
        "\(path).\(ContentHash(of: environment.rawValue.utf8).hexadecimal)\(Self.suffix)"
    }

    private func read(_ file: String, _ environment: EnvironmentName) throws(Failure) -> ExportedEntry {
        guard let data = FileManager.default.contents(atPath: file) else {
            throw Failure(.unavailable, "it cannot be read")
        }
        guard !data.isEmpty else { throw Failure(.history, "it is empty") }
        return try EntryObject.decode([UInt8](data), in: EntryKeys(prefix: prefix, environment: environment))
    }

    private func setAside(_ file: String, _ why: String) {
        var (number, target) = (1, "\(file).aside")
        while FileManager.default.fileExists(atPath: target) {
            number += 1
            target = "\(file).aside-\(number)"
        }
        let isMoved = rename(file, target) == 0
        let end =
            isMoved
            ? "it is now '\(target)'" : "it cannot be set aside: \(errorMessage(errno))"
        report("'\(file)' is not used: \(why); \(end)")
    }
}
