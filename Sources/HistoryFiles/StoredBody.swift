import Deflate
import FoundationEssentials
import GRDB
import Tidemark

/// The body of an entry as the file encodes it: as it is, or by zlib if that is shorter. The hash in the header is of the body itself.
package enum StoredBody {
    /// The bytes from which on a body is compressed: that of a snapshot that changed nothing would hardly be shorter.
    private static let threshold = 300

    /// - Throws: `Failure` for a body that no reader would accept.
    package static func encode(_ text: String) throws(Failure) -> DatabaseValue {
        let bytes = Array(text.utf8)
        guard bytes.count <= StoredContent.largest else { throw Failure.tooLarge("an entry") }
        guard bytes.count >= threshold else { return text.databaseValue }
        let compressed = Deflate.compress(bytes, as: .zlib)
        return compressed.count < bytes.count ? Data(compressed).databaseValue : text.databaseValue
    }

    /// - Returns: Nil for a body that was erased; an empty text for a value that cannot be decoded.
    package static func decode(_ value: DatabaseValue) -> String? {
        switch value.storage {
        case .null: nil
        case .string(let text): text
        case .blob(let data):
            Deflate.decompress([UInt8](data), from: .zlib, atMost: StoredContent.largest).map {
                String(decoding: $0, as: UTF8.self)
            }
                ?? ""
        case .int64, .double: ""
        }
    }
}
