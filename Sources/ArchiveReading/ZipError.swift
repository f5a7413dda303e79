/// The error of an archive that cannot be read.
package struct ZipError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The error in one clause about the archive: `it is encrypted`.
    package let description: String

    init(_ description: String) { self.description = description }
}
