import Tidemark

/// The packs of a chain that a pull may read: the newest ones, by a listing, and those that must be there if they are.
struct PackList {
    private let sizes: [PackSize]
    private let listed: Set<PackSpan>
    /// The end of the oldest pack of a listing that has more; nil for a whole listing.
    private let oldest: Seq?
    /// The packs that turned out to be absent or wrong.
    private var removed: Set<PackSpan> = []

    init(_ listed: [PackSpan], hasMore: Bool, sizes: [PackSize]) {
        (self.listed, self.sizes) = (Set(listed), sizes)
        oldest = hasMore ? listed.last?.last : nil
    }

    mutating func remove(_ span: PackSpan) { removed.insert(span) }

    /// The largest pack that begins with an entry.
    func largest(from first: Seq) -> PackSpan? {
        for size in sizes.reversed() {
            guard let span = PackSpan(endingWith: Seq(rawValue: first.rawValue + size.count - 1), size) else {
                continue
            }
            let isExpected = listed.contains(span) || oldest.map { span.last <= $0 } ?? false
            if isExpected, !removed.contains(span) { return span }
        }
        return nil
    }

    /// The entries before one at which a pack ends that is not there, the newest first.
    /// - Parameter count: The number of entries before it that are looked at.
    func missingEnds(before seq: Seq, among count: Int64) -> [Seq] {
        let first = max(seq.rawValue - count, oldest.map(\.rawValue) ?? 0)
        return (first..<seq.rawValue).reversed().map(Seq.init(rawValue:)).filter { end in
            sizes.contains { size in PackSpan(endingWith: end, size).map { !listed.contains($0) } ?? false }
        }
    }

    /// The newest of the packs that may have a state, the smallest of them.
    var newestWithState: PackSpan? {
        listed.subtracting(removed).filter(\.size.hasState).max {
            ($0.last, -$0.size.count) < ($1.last, -$1.size.count)
        }
    }
}

/// Packs that follow one another. They are compressed: a chain may have many.
private struct PackRun {
    var packs: [(span: PackSpan, bytes: [UInt8])] = []
    /// The last entry of the last pack.
    var last: HeadReference?
}

extension BucketStore {
    /// The number of packs whose state is tried.
    private static let maximumBeginnings = 3

    /// The packs of a chain, by one page of a listing.
    func packs(_ keys: EntryKeys) async throws -> PackList {
        let (found, hasMore) = try await list(keys.packFolder, after: nil)
        return PackList(found.compactMap { keys.span(of: $0, packSizes) }, hasMore: hasMore, sizes: packSizes)
    }

    /// Begins an empty replica with the newest state that a pack has.
    /// - Parameter log: The id of the log.
    /// - Returns: The number of the next entry, and that entry; nil if the replica is still empty.
    func begin(
        _ replica: any PartialReplica, _ log: RandomID, _ packs: inout PackList, _ keys: EntryKeys
    ) async throws -> (next: Seq, entry: ExportedEntry?)? {
        for _ in 0..<Self.maximumBeginnings {
            guard let span = packs.newestWithState else { break }
            packs.remove(span)
            guard let (pack, _) = await readPack(span, keys) else { continue }
            let (isPart, after) = try await confirm(HeadReference(seq: span.last, hash: pack.hash), keys)
            // A state that is not the recorded one is not used.
            if isPart, (try? await replica.begin(with: pack, of: log)) != nil { return (span.last.next, after) }
        }
        return nil
    }

    /// Compares the end of a pack with the entries: the entry after it follows it, or it is the last one.
    /// - Returns: Whether it is part of the chain, and the entry after it.
    private func confirm(
        _ last: HeadReference, _ keys: EntryKeys
    ) async throws -> (isPart: Bool, after: ExportedEntry?) {
        let after = try await readEntry(last.seq.next, keys)
        let found =
            if let after { after.entry.header.previous } else { try await readEntry(last.seq, keys)?.entry.hash }
        return (found == last.hash, after)
    }

    /// Copies the packs that begin with an entry, and follow one another.
    ///
    /// They are only copied if the last one is part of the chain: its hash covers all entries before it. Otherwise those before the
    /// first wrong one are copied, and that one is removed from the list.
    /// - Returns: The number of the next entry, and that entry; nil if no pack begins there.
    func copyPacks(
        from first: Seq, _ packs: inout PackList, _ keys: EntryKeys
    ) async throws -> (next: Seq, entry: ExportedEntry?)? {
        let run = await readRun(from: first, &packs, keys)
        guard let last = run.last else { return nil }
        let (isPart, after) = try await confirm(last, keys)
        for (span, bytes) in run.packs {
            let pack = try PackObject.decode(bytes, of: span, in: keys)
            if !isPart, try await readEntry(span.last, keys)?.entry.hash != pack.hash {
                packs.remove(span)
                return (span.first, try await readEntry(span.first, keys))
            }
            do {
                try await replica.adopt(pack.entries)
            } catch {
                for entry in pack.entries { try await adopt(entry, keys) }
            }
        }
        return (last.seq.next, after)
    }

    /// Adopts an entry of a pack. The entry itself is read if the pack lacks one of its contents.
    private func adopt(_ entry: ExportedEntry, _ keys: EntryKeys) async throws {
        do {
            try await replica.adopt(entry)
        } catch {
            guard let own = try await readEntry(entry.entry.header.seq, keys) else { throw error }
            try await replica.adopt(own)
        }
    }

    private func readRun(from first: Seq, _ packs: inout PackList, _ keys: EntryKeys) async -> PackRun {
        var (run, next) = (PackRun(), first)
        while let span = packs.largest(from: next) {
            guard let (pack, bytes) = await readPack(span, keys),
                run.last.map({ $0.hash == pack.previous }) ?? true
            else {
                packs.remove(span)
                continue
            }
            run.packs.append((span, bytes))
            run.last = HeadReference(seq: span.last, hash: pack.hash)
            next = span.last.next
        }
        return run
    }

    /// Reads a pack; nil if it is absent, damaged, or cannot be read: its entries can.
    func readPack(_ span: PackSpan, _ keys: EntryKeys) async -> (Pack, [UInt8])? {
        guard case .found(let bytes) = await objects.read(keys[span]),
            let pack = try? PackObject.decode(bytes, of: span, in: keys)
        else { return nil }
        return (pack, bytes)
    }
}
