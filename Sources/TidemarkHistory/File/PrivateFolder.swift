import FoundationEssentials
import Tidemark

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A folder that only this user can enter, for copies that are examined; removed with its contents.
final class PrivateFolder {
    let path: String

    init() throws(Failure) {
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

    // What cannot be removed nobody else can read.
    deinit { try? FileManager.default.removeItem(atPath: path) }
}
