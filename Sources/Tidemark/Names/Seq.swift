/// The number of an entry in its environment's chain: 0 is the first binding. Written `@42`.
public struct Seq: RawRepresentable, Hashable, Sendable, Comparable, CustomStringConvertible {
    /// The number, from 0.
    public let rawValue: Int64

    /// Numbers an entry.
    public init(rawValue: Int64) { self.rawValue = rawValue }

    /// The number of the first entry.
    public static let first = Seq(rawValue: 0)
    package var next: Seq { Seq(rawValue: rawValue + 1) }
    package var previous: Seq { Seq(rawValue: rawValue - 1) }

    /// Parses the spelling of `description`: an `@` and a number; nil for anything else.
    public init?(_ text: String) {
        guard text.hasPrefix("@"), let number = Int64(text.dropFirst()), number >= 0 else { return nil }
        self.init(rawValue: number)
    }

    /// The number after an `@`: `@42`.
    public var description: String { "@\(rawValue)" }

    /// The order in the chain.
    public static func < (left: Seq, right: Seq) -> Bool { left.rawValue < right.rawValue }
}
