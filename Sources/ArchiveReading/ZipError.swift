/// The error of an archive that cannot be read.
public struct ZipError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The error in one clause about the archive: `it is encrypted`.
    public let description: String

    init(_ description: String) { self.description = description }
}
