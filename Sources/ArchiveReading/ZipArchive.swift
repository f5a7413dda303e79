import CZip

/// A zip archive in memory, read by libzip: the paths in it, and the contents of selected files.
///
/// An archive may be hostile. Nothing is written to disk, so no path can escape from a folder, and the unpacked size is
/// limited whatever the archive claims. libzip compares each content with its checksum.
///
/// Source: "APPNOTE.TXT - .ZIP File Format Specification",
/// <https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT>.
package struct ZipArchive: Sendable {
    /// The limits of the unpacked size; an archive that exceeds one is refused.
    package struct Limits: Sendable {
        /// The limit of one file, in bytes.
        package let file: Int
        /// The limit of all selected files together, in bytes.
        package let total: Int

        /// Creates limits, in bytes.
        package init(file: Int, total: Int) {
            self.file = file
            self.total = total
        }
    }

    /// The paths of all files in the order of the archive, with `/` between their parts. Folders are left out.
    package let names: [String]
    /// The contents of the selected files, by path.
    package let files: [String: [UInt8]]

    /// Reads an archive.
    /// - Parameters:
    ///   - bytes: The whole archive.
    ///   - limits: The limits of the unpacked size.
    ///   - isSelected: Whether to unpack the file at a path.
    /// - Throws: `ZipError` if it is not an archive, is damaged, has a selected file twice, or exceeds the limits.
    package init(_ bytes: [UInt8], limits: Limits, isSelected: (String) -> Bool) throws(ZipError) {
        // libzip takes an empty input for a new archive.
        guard !bytes.isEmpty else { throw ZipError("it is empty") }
        guard !EndOfDirectory.mayHoldTooMany(bytes) else {
            throw ZipError("it has more than \(EndOfDirectory.maximumCount) files")
        }
        let read = bytes.withUnsafeBytes { buffer in
            Result { () throws(ZipError) in try OpenArchive(buffer).read(limits, isSelected: isSelected) }
        }
        (names, files) = try read.get()
    }
}

/// The record at the end of an archive with the number of its files. It is checked before libzip allocates room for
/// them.
private enum EndOfDirectory {
    /// The most files that fit without the zip64 extension.
    static let maximumCount = 65_534
    private static let signature: [UInt8] = [0x50, 0x4B, 0x05, 0x06]
    /// The record's length without its comment, and the longest comment.
    private static let (length, comment) = (22, 65_535)

    /// Whether any record that libzip may use as the last one claims more files.
    static func mayHoldTooMany(_ bytes: [UInt8]) -> Bool {
        guard bytes.count >= length else { return false }
        let offsets = max(0, bytes.count - length - comment)...(bytes.count - length)
        return offsets.contains { offset in
            guard bytes[offset..<offset + 4].elementsEqual(signature) else { return false }
            return Int(bytes[offset + 10]) + Int(bytes[offset + 11]) << 8 > maximumCount
        }
    }
}

/// An archive that libzip has opened; it is closed with this value.
private struct OpenArchive: ~Copyable {
    private let archive: OpaquePointer

    init(_ bytes: UnsafeRawBufferPointer) throws(ZipError) {
        var error = zip_error_t()
        zip_error_init(&error)
        defer { zip_error_fini(&error) }
        guard let source = zip_source_buffer_create(bytes.baseAddress, UInt64(bytes.count), 0, &error) else {
            throw ZipError(Self.text(of: &error))
        }
        guard let archive = zip_open_from_source(source, ZIP_RDONLY, &error) else {
            zip_source_free(source)
            throw ZipError(Self.text(of: &error))
        }
        self.archive = archive
    }

    deinit { zip_discard(archive) }

    func read(
        _ limits: ZipArchive.Limits, isSelected: (String) -> Bool
    ) throws(ZipError) -> ([String], [String: [UInt8]]) {
        var names: [String] = []
        var files: [String: [UInt8]] = [:]
        var remaining = limits.total
        for index in 0..<UInt64(max(0, zip_get_num_entries(archive, 0))) {
            guard let name = path(at: index) else { continue }
            names.append(name)
            guard isSelected(name) else { continue }
            guard files[name] == nil else { throw ZipError("it has '\(name)' twice") }
            let content = try content(at: index, name: name, limit: min(limits.file, remaining))
            remaining -= content.count
            files[name] = content
        }
        return (names, files)
    }

    /// The path as `unzip` interprets it; nil for a folder.
    private func path(at index: UInt64) -> String? {
        guard let raw = zip_get_name(archive, index, 0) else { return nil }
        // Windows' own archiver separates by backslashes, against the specification.
        var name = String(cString: raw).split(separator: "\\", omittingEmptySubsequences: false).joined(separator: "/")
        while name.hasPrefix("./") { name.removeFirst(2) }
        return name.isEmpty || name.hasSuffix("/") ? nil : name
    }

    private func content(at index: UInt64, name: String, limit: Int) throws(ZipError) -> [UInt8] {
        guard let file = zip_fopen_index(archive, index, 0) else {
            throw ZipError("'\(name)' cannot be read: \(Self.text(of: zip_get_error(archive)))")
        }
        defer { zip_fclose(file) }
        var content: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 64 << 10)
        while true {
            let count = zip_fread(file, &chunk, UInt64(chunk.count))
            guard count >= 0 else {
                throw ZipError("'\(name)' cannot be read: \(Self.text(of: zip_file_get_error(file)))")
            }
            if count == 0 { return content }
            guard content.count + Int(count) <= limit else {
                throw ZipError("'\(name)' unpacks to more than \(limit) bytes")
            }
            content += chunk[..<Int(count)]
        }
    }

    private static func text(of error: UnsafeMutablePointer<zip_error_t>?) -> String {
        error.flatMap(zip_error_strerror).map { String(cString: $0).lowercased() } ?? "unknown error"
    }
}
