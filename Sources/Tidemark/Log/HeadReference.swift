/// The number and the whole hash of an entry: `@31:6fb3…`, as `record` prints the head.
///
/// The hash covers every entry before it: a history that has this entry has the same entries before it.
public struct HeadReference: Sendable, Hashable, CustomStringConvertible {
    /// The number of the entry.
    public let seq: Seq
    /// The hash of the entry's header.
    public let hash: ContentHash

    package init(seq: Seq, hash: ContentHash) {
        self.seq = seq
        self.hash = hash
    }

    /// Parses an `@`, a number, a colon and 64 hexadecimal digits; nil for anything else.
    public init?(_ text: String) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0].first == "@", let number = Int64(parts[0].dropFirst()), number >= 0,
            let hash = ContentHash(hexadecimal: String(parts[1]))
        else { return nil }
        self.init(seq: Seq(rawValue: number), hash: hash)
    }

    /// The spelling that `init(_:)` parses: `@31:6fb3…`, with the whole hash.
    public var description: String { "\(seq):\(hash)" }
}

extension ChainHead {
    /// The number and the hash of the newest entry.
    public var reference: HeadReference { HeadReference(seq: header.seq, hash: hash) }
}

extension Entry {
    /// The number and the hash of the entry.
    public var reference: HeadReference { HeadReference(seq: header.seq, hash: hash) }
}
