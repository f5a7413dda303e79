/// Why an archive cannot be read, in one clause: `it is encrypted`.
public struct ZipError: Error, Sendable, Hashable, CustomStringConvertible {
    public let description: String

    init(_ description: String) { self.description = description }
}
