/// An entry by its number and its whole hash: `@31:6fb3…`, as `record` prints the head and `--head` takes it.
///
/// The hash covers every entry before it, so that a history which has this entry has that past.
public struct HeadReference: Sendable, Hashable, CustomStringConvertible {
    public let seq: Seq
    /// The hash of the entry's header.
    public let hash: ContentHash

    public init(seq: Seq, hash: ContentHash) {
        self.seq = seq
        self.hash = hash
    }

    /// Nil for anything but an `@`, a number, a colon and 64 hexadecimal digits.
    public init?(_ text: String) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0].first == "@", let number = Int64(parts[0].dropFirst()), number >= 0,
            let hash = ContentHash(hexadecimal: String(parts[1]))
        else { return nil }
        self.init(seq: Seq(rawValue: number), hash: hash)
    }

    public var description: String { "\(seq):\(hash)" }
}

extension Entry {
    /// The entry as `--head` takes it.
    public var reference: HeadReference { HeadReference(seq: header.seq, hash: hash) }
}
