/// An error in a JSON text with its offset. It quotes nothing of the text, which may be secret.
public struct JSONError: Error, Hashable, CustomStringConvertible {
    /// The error in words: `expected a value`.
    public let reason: String
    /// The offset at which reading stopped, in bytes.
    public let offset: Int

    /// The error and its offset: `expected a value at byte 12`.
    public var description: String { "\(reason) at byte \(offset)" }
}
