import Tidemark

extension BucketStore {
    /// The entries at which one record writes the packs that are missing.
    private static let maximumRepairs = 2

    /// Writes the packs that end with an entry that was won, the least first. The first entry after a pack looks for packs that are
    /// missing, since their writer was killed, and writes those.
    ///
    /// The entry is recorded, whatever happens here: readers of a pack that is missing read its entries.
    func writePacks(endingWith last: ExportedEntry, _ keys: EntryKeys) async {
        try? await write(packsEndingWith: last, keys)
        let seq = last.entry.header.seq
        if seq > .first, seq.rawValue.isMultiple(of: packSizes[0].count) {
            try? await write(packsMissingBefore: seq, keys)
        }
    }

    private func write(packsMissingBefore seq: Seq, _ keys: EntryKeys) async throws {
        // A pack that is too large is missing for good: it is not tried for ever.
        let ends = try await packs(keys).missingEnds(before: seq, among: packSizes[0].count * 10)
        for end in ends.prefix(Self.maximumRepairs) {
            guard let entry = try await readEntry(end, keys) else { return }
            try await write(packsEndingWith: entry, keys)
        }
    }

    private func write(packsEndingWith last: ExportedEntry, _ keys: EntryKeys) async throws {
        var (known, state) = ([last], ExportedEntry?.none)
        for size in packSizes {
            guard let span = PackSpan(endingWith: last.entry.header.seq, size),
                let entries = try await entries(of: span, endingWith: known, keys)
            else { return }
            let pack = try Pack(span, entries, state: nil)
            if size.hasState, state == nil { state = try await self.state(atEndOf: pack, keys) }
            let whole = try Pack(span, entries, state: size.hasState ? state : nil)
            guard let bytes = PackObject.encode(whole) else { return }
            switch await objects.create(keys[span], bytes) {
            case .created, .exists: known = entries
            case .refused, .unknown: return
            }
        }
    }

    /// The entries of a span; nil if one of them is absent.
    /// - Parameter known: The entries at its end.
    private func entries(
        of span: PackSpan, endingWith known: [ExportedEntry], _ keys: EntryKeys
    ) async throws -> [ExportedEntry]? {
        var (entries, next) = ([ExportedEntry](), span.first)
        let end = Seq(rawValue: span.last.next.rawValue - Int64(known.count))
        while next < end {
            guard let found = try await part(from: next, before: end, keys) else { return nil }
            entries += found
            next = Seq(rawValue: next.rawValue + Int64(found.count))
        }
        return entries + known
    }

    /// The entries from a number on that one object has: the largest pack before some end, or one entry.
    private func part(from first: Seq, before end: Seq, _ keys: EntryKeys) async throws -> [ExportedEntry]? {
        for size in packSizes.reversed() {
            let last = Seq(rawValue: first.rawValue + size.count - 1)
            guard last < end, let span = PackSpan(endingWith: last, size) else { continue }
            if let (pack, _) = await readPack(span, keys) { return pack.entries }
        }
        return try await readEntry(first, keys).map { [$0] }
    }

    /// The checkpoint that would follow a pack; nil if the state there is unknown.
    private func state(atEndOf pack: Pack, _ keys: EntryKeys) async throws -> ExportedEntry? {
        guard var copy = await copy(before: pack, keys) else { return try await stateOfWholeChain(pack.hash, keys) }
        for entry in pack.entries { try copy.append(entry) }
        return copy.checkpoint
    }

    /// A copy of the chain up to a pack, from the pack before; nil if that has no state.
    private func copy(before pack: Pack, _ keys: EntryKeys) async -> ChainCopy? {
        let header = pack.entries[0].entry.header
        if header.isFirst { return ChainCopy(of: keys.environment, images: images) }
        guard let span = PackSpan(endingWith: header.seq.previous, pack.span.size),
            let (before, _) = await readPack(span, keys), before.hash == header.previous
        else { return nil }
        return try? ChainCopy(of: keys.environment, images: images, atEndOf: before, log: nil)
    }

    /// The checkpoint that would follow the newest entry, read like a recorder without a local copy reads it; nil if another entry
    /// follows meanwhile.
    private func stateOfWholeChain(_ last: ContentHash, _ keys: EntryKeys) async throws -> ExportedEntry? {
        let fresh = MemoryReplica(images: images)
        var store = self
        store.replica = fresh
        let head = try await store.pull(keys)
        return head?.hash == last ? fresh.checkpoint(of: keys.environment) : nil
    }
}
