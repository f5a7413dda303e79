/// An error in a document with its offset. It quotes nothing of the document, which may be secret.
struct XMLError: Error, Hashable, CustomStringConvertible {
    let reason: String
    /// The offset at which reading stopped, in bytes.
    let offset: Int

    var description: String { "\(reason) at byte \(offset)" }
}
