/// The place of an entry in its environment's chain: 0 is the first binding.
public struct Seq: RawRepresentable, Hashable, Sendable, Comparable, CustomStringConvertible {
    public let rawValue: Int64

    public init(rawValue: Int64) { self.rawValue = rawValue }

    public static let first = Seq(rawValue: 0)
    public var next: Seq { Seq(rawValue: rawValue + 1) }
    public var previous: Seq { Seq(rawValue: rawValue - 1) }

    public var description: String { "@\(rawValue)" }

    public static func < (left: Seq, right: Seq) -> Bool { left.rawValue < right.rawValue }
}
