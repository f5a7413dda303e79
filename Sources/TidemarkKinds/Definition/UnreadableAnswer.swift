/// The reason why an answer cannot be used, in one clause without secrets.
public struct UnreadableAnswer: Error, Sendable, Hashable {
    public let reason: String

    public init(_ reason: String) { self.reason = reason }
}
