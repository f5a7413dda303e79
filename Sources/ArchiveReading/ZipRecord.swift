/// A record of an archive: its signature, and numbers at fixed offsets with the least significant byte first.
struct ZipRecord {
    /// The signatures of the records that are read.
    enum Signature: Int {
        /// The header before a file's content (APPNOTE section 4.3.7).
        case content = 0x0403_4B50
        /// A file's header in the directory (APPNOTE section 4.3.12).
        case file = 0x0201_4B50
        /// The end of the directory (APPNOTE section 4.3.16).
        case end = 0x0605_4B50

        /// The length without the fields of variable length, in bytes.
        var length: Int {
            switch self {
            case .content: 30
            case .file: 46
            case .end: 22
            }
        }
    }

    private let bytes: ArraySlice<UInt8>

    /// Nil unless the bytes have a whole record with this signature at the offset.
    init?(_ signature: Signature, at offset: Int, in bytes: ArraySlice<UInt8>) {
        guard bytes.startIndex <= offset, offset <= bytes.endIndex - signature.length else { return nil }
        self.bytes = bytes[offset..<offset + signature.length]
        guard self[0, 4] == signature.rawValue else { return nil }
    }

    /// The number of `count` bytes at an offset.
    subscript(offset: Int, count: Int) -> Int {
        bytes[(bytes.startIndex + offset)...].prefix(count).reversed().reduce(0) { $0 << 8 | Int($1) }
    }

    /// The offset after the record's part of fixed length.
    var endIndex: Int { bytes.endIndex }
}
