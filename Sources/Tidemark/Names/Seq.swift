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

    /// The number after an `@`: `@42`.
    public var description: String { "@\(rawValue)" }

    /// The order in the chain.
    public static func < (left: Seq, right: Seq) -> Bool { left.rawValue < right.rawValue }
}
