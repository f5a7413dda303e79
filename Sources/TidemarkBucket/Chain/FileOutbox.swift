import FoundationEssentials
import MessageDigests
import Tidemark

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// An outbox that outlives the process: a file for each entry, which has the bytes of the entry's object.
package struct FileOutbox: Outbox {
    private let path: String
    private let prefix: String

    /// - Parameters:
    ///   - path: The part that the paths of the files begin with. Each store has one of its own, in a folder that exists.
    ///   - prefix: The part of all keys of the store before the environment.
    package init(at path: String, prefix: String) {
        self.path = path
        self.prefix = prefix
    }

    package func entry(of environment: EnvironmentName) throws(Failure) -> ExportedEntry? {
        guard let data = FileManager.default.contents(atPath: file(of: environment)) else { return nil }
        return try EntryObject.decode([UInt8](data), in: EntryKeys(prefix: prefix, environment: environment))
    }

    package func keep(_ entry: ExportedEntry?, of environment: EnvironmentName) throws(Failure) {
        let file = file(of: environment)
        guard let entry else {
            unlink(file)
            return
        }
        let bytes = try EntryObject.encode(entry)
        do {
            try Data(bytes).write(to: URL(filePath: file), options: .atomic)
        } catch {
            throw Failure(
                .unavailable, "'\(file)' cannot be written", why: String(cString: strerror(errno)).lowercased(),
                remedy: "check the folder and its permissions")
        }
    }

    /// A name of an environment can be longer than that of a file.
    private func file(of environment: EnvironmentName) -> String {
        "\(path).\(ContentHash(of: environment.rawValue.utf8).hexadecimal).outbox"
    }
}
