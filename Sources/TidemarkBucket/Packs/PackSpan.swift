import StrictJSON
import Tidemark

/// A number of entries that one pack may have.
struct PackSize: Sendable, Hashable {
    let count: Int64
    /// Whether the pack begins with the state at its end.
    let hasState: Bool

    /// The sizes, the least first.
    static let all = [
        PackSize(count: 10, hasState: false), PackSize(count: 100, hasState: true),
        PackSize(count: 1000, hasState: true),
    ]
}

/// The numbers of the entries of one pack: as many as its size, and the first one is a multiple of it.
struct PackSpan: Sendable, Hashable {
    let first: Seq
    let size: PackSize

    /// The span that ends with an entry; nil if none of that size does.
    init?(endingWith last: Seq, _ size: PackSize) {
        guard last >= .first, (last.rawValue + 1).isMultiple(of: size.count) else { return nil }
        first = Seq(rawValue: last.rawValue + 1 - size.count)
        self.size = size
    }

    var last: Seq { Seq(rawValue: first.rawValue + size.count - 1) }
}

extension EntryKeys {
    /// The number that a pack's key has if the pack ends with entry 0.
    private static let highest: Int64 = 999_999_999_999

    /// The part that the keys of all packs begin with.
    var packFolder: String { root + "packs/" }

    /// The key of a pack: `PREFIX/ENVIRONMENT/packs/999999999900-100`.
    ///
    /// Its number counts down, so that the first page of a listing has the newest packs.
    subscript(span: PackSpan) -> String {
        "\(packFolder)\(Self.digits(Self.highest - span.last.rawValue))-\(span.size.count)"
    }

    /// The entries of the pack with a key; nil for another key.
    func span(of key: String, _ sizes: [PackSize]) -> PackSpan? {
        let parts = key.dropFirst(packFolder.count).split(separator: "-")
        guard parts.count == 2, let number = Int64(parts[0]),
            let size = sizes.first(where: { String($0.count) == parts[1] }),
            let span = PackSpan(endingWith: Seq(rawValue: Self.highest - number), size)
        else { return nil }
        return self[span].isIdenticalText(to: key) ? span : nil
    }
}
