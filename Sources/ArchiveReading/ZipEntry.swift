import Deflate

/// A file or a folder, as the directory of an archive describes it.
struct ZipEntry {
    /// The path as `unzip` interprets it; nil for a folder.
    let path: String?
    /// The size of the content, in bytes.
    let size: Int
    private let flags: Int
    private let method: Int
    private let checksum: Int
    private let compressedSize: Int
    private let offset: Int

    /// Reads the first entry and removes it; nil if it is damaged.
    init?(readingFrom directory: inout ArraySlice<UInt8>) {
        guard let record = ZipRecord(.file, at: directory.startIndex, in: directory) else { return nil }
        let lengths = [record[28, 2], record[30, 2], record[32, 2]]
        let length = ZipRecord.Signature.file.length + lengths.reduce(0, +)
        guard length <= directory.count else { return nil }
        let name = directory[record.endIndex...].prefix(lengths[0])
        let extra = directory[name.endIndex...].prefix(lengths[1])
        directory.removeFirst(length)
        flags = record[8, 2]
        method = record[10, 2]
        checksum = record[16, 4]
        compressedSize = record[20, 4]
        size = record[24, 4]
        offset = record[42, 4]
        path = ZipPath.text(ZipPath.unicode(of: name, in: extra) ?? name)
    }

    /// The unpacked content. The local header is read only for its length: the directory has all other fields, also where the
    /// archive was written as a stream.
    func content(in bytes: ArraySlice<UInt8>) throws(ZipError) -> [UInt8] {
        guard flags & 0x2041 == 0 else { throw ZipError("it is encrypted") }
        guard let header = ZipRecord(.content, at: offset, in: bytes) else { throw ZipError("its header is damaged") }
        let start = header.endIndex + header[26, 2] + header[28, 2]
        guard start + compressedSize <= bytes.endIndex else { throw ZipError("its content is cut off") }
        let content = try unpacked(Array(bytes[start..<start + compressedSize]))
        guard Deflate.checksum(of: content) == UInt32(checksum) else { throw ZipError("its checksum is wrong") }
        return content
    }

    /// APPNOTE section 4.4.5 lists the methods.
    private func unpacked(_ bytes: [UInt8]) throws(ZipError) -> [UInt8] {
        let content: [UInt8]? =
            switch method {
            case 0: bytes.count == size ? bytes : nil
            case 8: Deflate.decompress(bytes, from: .raw(dictionary: []), size: size)
            default: throw ZipError("it is compressed by method \(method), not deflated")
            }
        guard let content else { throw ZipError("its content is damaged") }
        return content
    }
}
