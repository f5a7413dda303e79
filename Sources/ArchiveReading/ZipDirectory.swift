/// The directory at the end of an archive, which lists its files.
struct ZipDirectory {
    /// The most files that fit without the zip64 format.
    private static let maximumCount = 65_534

    /// The files and folders, in the directory's order.
    let entries: [ZipEntry]
    /// The directory's offset: the contents are before it.
    let offset: Int

    init(_ bytes: [UInt8]) throws(ZipError) {
        guard let (end, endOffset) = Self.end(of: bytes[...]) else { throw ZipError("not a zip archive") }
        let count = end[10, 2]
        guard count <= Self.maximumCount else { throw ZipError("it has more than \(Self.maximumCount) files") }
        guard end[4, 2] == 0, end[6, 2] == 0, end[8, 2] == count else {
            throw ZipError("it is one of several parts of an archive")
        }
        let (size, offset) = (end[12, 4], end[16, 4])
        guard offset + size <= endOffset else { throw ZipError("its directory is damaged") }
        var (entries, rest) = ([ZipEntry](), bytes[offset..<offset + size])
        for _ in 0..<count {
            guard let entry = ZipEntry(readingFrom: &rest) else { throw ZipError("its directory is damaged") }
            entries.append(entry)
        }
        guard rest.isEmpty else { throw ZipError("its directory is damaged") }
        (self.entries, self.offset) = (entries, offset)
    }

    /// The last end record whose comment ends with the archive.
    private static func end(of bytes: ArraySlice<UInt8>) -> (ZipRecord, offset: Int)? {
        let last = bytes.count - ZipRecord.Signature.end.length
        for offset in stride(from: last, through: max(0, last - 65_535), by: -1) {
            if let end = ZipRecord(.end, at: offset, in: bytes), end[20, 2] == last - offset { return (end, offset) }
        }
        return nil
    }
}
