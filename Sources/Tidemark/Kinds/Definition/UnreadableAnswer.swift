/// Why an answer does not say what was asked, in one clause that tells no secret.
public struct UnreadableAnswer: Error, Sendable, Hashable {
    public let reason: String

    public init(_ reason: String) { self.reason = reason }
}
