import FoundationEssentials
import Tidemark

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A folder that only this user can enter, for copies that are examined.
///
/// A process that is ended by a signal leaves it in the folder for temporary files, where nobody else can read it.
struct PrivateFolder {
    let path: String

    /// Makes one, and removes it with its contents in the end.
    static func with<Value>(_ body: (PrivateFolder) throws -> Value) throws -> Value {
        let folder = try PrivateFolder()
        defer { try? FileManager.default.removeItem(atPath: folder.path) }
        return try body(folder)
    }

    private init() throws(Failure) {
        let parent = FileManager.default.temporaryDirectory.path
        var template = Array("\(parent)/tidemark-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else {
            throw Failure(
                .unavailable, "no folder can be made in '\(parent)'", why: String(cString: strerror(errno)),
                remedy: "set TMPDIR to a folder that can be written")
        }
        path = template.withUnsafeBufferPointer {
            String(decoding: $0.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
        }
    }

    /// Writes a file into it.
    func write(_ bytes: Data, as name: String) throws(Failure) -> String {
        let file = "\(path)/\(name)"
        do {
            try bytes.write(to: URL(filePath: file))
        } catch {
            throw Failure(
                .unavailable, "no copy of the history can be made in '\(path)'", why: String(cString: strerror(errno)),
                remedy: "set TMPDIR to a folder with room")
        }
        return file
    }
}
