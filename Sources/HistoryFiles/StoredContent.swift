import Deflate
import FoundationEssentials
import GRDB
import Tidemark

/// A content as the file encodes it. The encoding is the file's own affair: hashes are of the bytes before it.
package struct StoredContent {
    /// The encodings, by their numbers in the file.
    package enum Encoding: Int {
        case plain, zlib
        /// The difference from a whole content of the same facet, its dictionary.
        case difference
    }

    package let encoding: Encoding
    /// The row of the dictionary.
    package let base: Int64?
    /// The number of bytes before encoding.
    package let size: Int
    package let bytes: [UInt8]

    /// The most bytes of a content or a body, against a file that claims more.
    package static let largest = 64 << 20

    /// Encodes a content in the shortest way.
    /// - Parameter base: A whole content of the same facet, and its row.
    package init(_ content: [UInt8], base: (id: Int64, bytes: [UInt8])?) {
        size = content.count
        let whole = Deflate.compress(content, as: .zlib)
        if let base {
            let difference = Deflate.compress(content, as: .raw(dictionary: base.bytes))
            // A difference that is not much shorter is not worth reading two contents: this one is the next base.
            if difference.count * 2 <= whole.count {
                (encoding, self.base, bytes) = (.difference, base.id, difference)
                return
            }
        }
        self.base = nil
        (encoding, bytes) = whole.count < content.count ? (.zlib, whole) : (.plain, content)
    }

    /// Stores a content as it is.
    package init(plain content: [UInt8]) {
        (encoding, base, size, bytes) = (.plain, nil, content.count, content)
    }

    /// Decodes a whole content, or a difference from one.
    /// - Parameter prefix: The beginning of the names of the columns.
    /// - Returns: Nil if the row has no such content, or it is damaged.
    package static func decode(_ row: Row, _ prefix: String = "", dictionary: [UInt8]? = nil) -> [UInt8]? {
        guard let number = row[prefix + "encoding"] as Int?, let encoding = Encoding(rawValue: number),
            let size = row[prefix + "size"] as Int?, 0...largest ~= size, let data = row[prefix + "bytes"] as Data?
        else { return nil }
        let bytes = [UInt8](data)
        switch encoding {
        case .plain: return bytes.count == size ? bytes : nil
        case .zlib: return Deflate.decompress(bytes, from: .zlib, size: size)
        case .difference:
            return dictionary.flatMap { Deflate.decompress(bytes, from: .raw(dictionary: $0), size: size) }
        }
    }
}
