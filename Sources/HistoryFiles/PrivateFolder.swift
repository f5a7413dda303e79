import FoundationEssentials
import Tidemark

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A temporary folder that only this user can enter, for copies of a history.
///
/// A process that is killed leaves it behind; other users cannot read it.
package struct PrivateFolder {
    /// The files that a folder can have.
    package enum File: String, CaseIterable {
        case copy = "copy.sqlite"
        case alone = "alone.sqlite"
        case restored = "restored.sqlite"
        case journal = "restored.sqlite-journal"
    }

    private let path: String

    /// Creates a folder, and removes it with its contents after `body`.
    package static func with<Value>(_ body: (PrivateFolder) throws -> Value) throws -> Value {
        let folder = try PrivateFolder()
        let address = TemporaryFileName.store(folder: folder.path, files: File.allCases.map(\.rawValue))
        defer {
            try? FileManager.default.removeItem(atPath: folder.path)
            TemporaryFileName.clear(address)
        }
        return try body(folder)
    }

    private init() throws(Failure) {
        let parent = FileManager.default.temporaryDirectory.path
        var template = Array("\(parent)/tidemark-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else {
            throw Failure(
                .unavailable, "no folder can be created in '\(parent)'", why: errorMessage(errno),
                remedy: "set TMPDIR to a folder that can be written")
        }
        path = template.withUnsafeBufferPointer {
            String(decoding: $0.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
        }
    }

    package func write(_ bytes: Data, as name: File) throws(Failure) -> String {
        let file = "\(path)/\(name.rawValue)"
        do {
            try bytes.write(to: URL(filePath: file))
        } catch {
            throw Failure(
                .unavailable, "the history cannot be copied to '\(path)'", why: errorMessage(errno),
                remedy: "set TMPDIR to a folder with room")
        }
        return file
    }
}
