import MessageDigests
import StrictJSON

/// The hash of a state: the SHA-256 of the sorted array of `[kind, identity, facet, content hash]` of every facet that is not
/// gone.
package enum Root {
    package static func hash(of facets: [FacetID: ContentHash]) -> ContentHash {
        var rows = RootRows()
        for (facet, content) in facets.sorted(by: { $0.key < $1.key }) { rows.set(facet, to: content) }
        return rows.hash
    }
}

/// The array whose hash is the root, in canonical JSON. A facet that changes costs its own row, not all of them.
package struct RootRows {
    /// The facets in their order.
    private var facets: [FacetID] = []
    /// The offset of each one's row in the text.
    private var starts: [Int] = []
    private var text = Array("[]".utf8)

    package init() {}

    /// The SHA-256 of the array.
    package var hash: ContentHash { ContentHash(of: text) }

    /// Sets the content of a facet; nil removes its row.
    package mutating func set(_ facet: FacetID, to content: ContentHash?) {
        let index = position(of: facet)
        let isFound = index < facets.count && facets[index] == facet
        switch (isFound, content) {
        case (true, let content?): setContent(content, at: index)
        case (true, nil): remove(at: index)
        case (false, let content?): insert(facet, content, at: index)
        case (false, nil): break
        }
    }

    /// The index of a facet, or that at which it would be.
    private func position(of facet: FacetID) -> Int {
        // Sorted facets are added at the end.
        guard let last = facets.last, facet <= last else { return facets.count }
        var (low, high) = (0, facets.count)
        while low < high {
            let middle = (low + high) / 2
            if facets[middle] < facet { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// The range of a row with the comma behind it, or with the one before it if it is the last.
    private func range(of index: Int) -> Range<Int> {
        if index + 1 < facets.count { return starts[index]..<starts[index + 1] }
        return starts[index] - (index == 0 ? 0 : 1)..<text.count - 1
    }

    private mutating func setContent(_ content: ContentHash, at index: Int) {
        let rowEnd = index + 1 < facets.count ? starts[index + 1] - 1 : text.count - 1
        let digitsEnd = rowEnd - "\"]".utf8.count
        text.replaceSubrange(digitsEnd - 2 * SHA256.byteCount..<digitsEnd, with: content.hexadecimal.utf8)
    }

    private mutating func remove(at index: Int) {
        let range = range(of: index)
        text.removeSubrange(range)
        facets.remove(at: index)
        starts.remove(at: index)
        shift(from: index, by: -range.count)
    }

    private mutating func insert(_ facet: FacetID, _ content: ContentHash, at index: Int) {
        guard index < facets.count else { return append(facet, content) }
        var row: [UInt8] = []
        row.append(rowOf: facet, content)
        row.append(UInt8(ascii: ","))
        text.insert(contentsOf: row, at: starts[index])
        facets.insert(facet, at: index)
        starts.insert(starts[index], at: index)
        shift(from: index + 1, by: row.count)
    }

    private mutating func append(_ facet: FacetID, _ content: ContentHash) {
        text.removeLast()
        if !facets.isEmpty { text.append(UInt8(ascii: ",")) }
        facets.append(facet)
        starts.append(text.count)
        text.append(rowOf: facet, content)
        text.append(UInt8(ascii: "]"))
    }

    private mutating func shift(from index: Int, by count: Int) {
        for later in starts.indices[index...] { starts[later] += count }
    }
}

extension [UInt8] {
    /// Appends `[kind, identity, facet, content hash]`.
    fileprivate mutating func append(rowOf facet: FacetID, _ content: ContentHash) {
        append(UInt8(ascii: "["))
        for part in [facet.resource.kind.rawValue, facet.resource.identity, facet.name] {
            append(quoted: part)
            append(UInt8(ascii: ","))
        }
        append(quoted: content.hexadecimal)
        append(UInt8(ascii: "]"))
    }
}
