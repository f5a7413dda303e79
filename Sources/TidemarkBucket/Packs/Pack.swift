import Tidemark

/// Consecutive entries in one object, so that one request reads many.
struct Pack: Sendable {
    let span: PackSpan
    /// The entries, each with the hash of the one before.
    let entries: [ExportedEntry]
    /// The checkpoint that would follow the last entry, with all contents of the state there. It is not part of the chain.
    let state: ExportedEntry?

    /// - Throws: `Failure` with the code `history` for entries that do not follow one another, or are others than those of the span.
    init(_ span: PackSpan, _ entries: [ExportedEntry], state: ExportedEntry?) throws(Failure) {
        guard entries.count == span.size.count, entries.first?.entry.header.seq == span.first else {
            throw Failure(.history, "a pack is damaged", why: "it does not have the entries that its key promises")
        }
        for (before, after) in zip(entries, entries.dropFirst()) {
            let header = after.entry.header
            guard header.follows(before.entry.header, hash: before.entry.hash) else {
                throw Failure.entry(header, why: "it does not follow the entry before it")
            }
        }
        (self.span, self.entries, self.state) = (span, entries, state)
    }

    /// The hash of the last entry, and with it of all before.
    var hash: ContentHash { entries[entries.count - 1].entry.hash }
    /// The hash of the entry before the first one; nil for entry 0.
    var previous: ContentHash? { entries[0].entry.header.previous }
}
