import Tidemark

/// The contents that the state of a chain shows.
struct ShownContents {
    private enum Part: Hashable {
        case facet(FacetID), questions, gaps
    }

    private var hashes: [Part: ContentHash] = [:]
    /// The number of parts with each content.
    private var counts: [ContentHash: Int] = [:]

    /// Whether no entry since the newest checkpoint was erased.
    private var isKnown = true

    /// Applies an entry.
    /// - Returns: The contents that it names and the state before does not have. Where the state is unknown it names none.
    mutating func apply(_ entry: Entry) throws(Failure) -> Set<ContentHash> {
        let kind = entry.header.kind
        if entry.bodyText == nil, kind.affectsState { isKnown = false }
        guard kind.showsState, entry.bodyText != nil, isKnown || kind == .checkpoint else { return [] }
        if !isKnown { self = ShownContents() }
        return apply(try entry.snapshotBody())
    }

    private mutating func apply(_ body: SnapshotBody) -> Set<ContentHash> {
        var changes = body.changes.map { (Part.facet($0.facet), $0.content) }
        if case .changed(let questions) = body.questions { changes.append((.questions, questions?.hash)) }
        if case .changed(let gaps) = body.gaps { changes.append((.gaps, gaps)) }
        let new = Set(changes.compactMap(\.1)).subtracting(counts.keys)
        for (part, hash) in changes { replace(part, by: hash) }
        // It is of the entry, not of the state.
        return body.signatureKey.map { new.union([$0]) } ?? new
    }

    private mutating func replace(_ part: Part, by new: ContentHash?) {
        if let old = hashes[part] { counts[old] = counts[old].flatMap { $0 > 1 ? $0 - 1 : nil } }
        hashes[part] = new
        if let new { counts[new, default: 0] += 1 }
    }
}
