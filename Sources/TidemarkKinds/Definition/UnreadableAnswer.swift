import Tidemark

/// An answer that cannot be used.
public struct UnreadableAnswer: Error, Sendable, Hashable {
    public let reason: GapReason

    public init(_ reason: GapReason) { self.reason = reason }
}
