/// A zip archive in memory: the paths in it, and the contents of selected files.
///
/// An archive may be hostile. Nothing is written to disk, so no path can escape from a folder. No content is larger than
/// the archive's directory claims, and the claims are limited. Each content is compared with its checksum. Encrypted files,
/// archives in several parts and the zip64 format, which only archives of more than 4 GiB need, are refused.
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
        guard !bytes.isEmpty else { throw ZipError("it is empty") }
        var (names, files, remaining) = ([String](), [String: [UInt8]](), limits.total)
        let directory = try ZipDirectory(bytes)
        for entry in directory.entries {
            guard let name = entry.path else { continue }
            names.append(name)
            guard isSelected(name) else { continue }
            guard files[name] == nil else { throw ZipError("it has '\(name)' twice") }
            let limit = min(limits.file, remaining)
            guard entry.size <= limit else { throw ZipError("'\(name)' unpacks to more than \(limit) bytes") }
            do throws(ZipError) {
                files[name] = try entry.content(in: bytes[..<directory.offset])
            } catch {
                throw ZipError("'\(name)' cannot be read: \(error.description)")
            }
            remaining -= entry.size
        }
        (self.names, self.files) = (names, files)
    }
}
