import Tidemark

/// An answer that cannot be used.
public struct UnreadableAnswer: Error, Sendable, Hashable {
    /// The reason, as a code with values.
    public let reason: GapReason

    /// Creates an error with a reason.
    public init(_ reason: GapReason) { self.reason = reason }
}
