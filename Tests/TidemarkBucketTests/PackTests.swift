import Deflate
import StrictJSON
import Testing
import Tidemark
import TidemarkKinds
import TidemarkTestSupport

@testable import TidemarkBucket

@Suite struct PackTests {
    private let keys: EntryKeys
    private let clock = SleepClock()

    init() throws { keys = EntryKeys(prefix: "p", environment: try EnvironmentName(EnvironmentName.production)) }

    /// A replica that has all entries, as one in a file does.
    private struct WholeReplica: Replica {
        let memory = MemoryReplica(images: KindRegistry.all.images)
        func head(of environment: EnvironmentName) throws -> ChainHead? { try memory.head(of: environment) }
        func adopt(_ entry: ExportedEntry) throws { try memory.adopt(entry) }
        func adopt(_ entries: [ExportedEntry]) throws { try memory.adopt(entries) }
    }

    private func store(_ objects: MemoryObjects, _ replica: any Replica = WholeReplica()) -> BucketStore {
        BucketStore(
            objects, replica: replica, outbox: MemoryOutbox(), prefix: "p", images: KindRegistry.all.images,
            clock: clock.clock)
    }

    /// The bucket of a chain of some length.
    private func bucket(_ count: Int) throws -> MemoryObjects {
        let objects = MemoryObjects()
        let known = try LongChain.shared.get().objects(count)
        objects.state.withLock { $0.objects = known }
        return objects
    }

    private func record(_ value: Int, in store: BucketStore) async throws -> AppendedSnapshot {
        let loop = RecordLoop(
            keys.environment, release: nil, whenUnsettled: .allow, attempt: RandomID(), timeout: .seconds(300),
            clock: clock.clock)
        return try await loop.record(in: store, lock: { {} }, walk: { _ in .of([.of("a"): JSON(value)]) })
    }

    private func removeRequests(_ objects: MemoryObjects) { objects.state.withLock { $0.requests = [] } }

    private func key(_ last: Int64, _ size: PackSize) throws -> String {
        keys[try #require(PackSpan(endingWith: Seq(rawValue: last), size))]
    }

    @Test(arguments: [
        (99, 21, 22), (100, 5, 6), (999, 30, 24), (1_000, 5, 6), (9_999, 39, 24), (10_000, 14, 6), (10_999, 40, 24),
    ])
    func `a chain of any length is read with at most 40 requests, and its end with 24`(
        _ count: Int, _ whole: Int, _ end: Int
    ) async throws {
        let objects = try bucket(count)
        for (replica, requests) in [(WholeReplica(), whole), (MemoryReplica(images: KindRegistry.all.images), end)]
            as [(any Replica, Int)]
        {
            removeRequests(objects)
            let head = try #require(try await store(objects, replica).head(of: keys.environment))
            #expect(head.header.seq == Seq(rawValue: Int64(count) - 1))
            #expect(head.hash == (try LongChain.shared.get().entries[count - 1].entry.hash))
            #expect(head.state == (try LongChain.shared.get().states[count - 1]))
            #expect(objects.requests.count == requests)
        }
    }

    /// The records after 9,999 and 10,999 entries write packs too.
    @Test(arguments: [(9_998, 29), (9_999, 61), (10_000, 13), (10_998, 29), (10_999, 61)])
    func `a record on a new machine makes at most 30 requests, and more if it writes packs`(
        _ count: Int, _ requests: Int
    ) async throws {
        let objects = try bucket(count)
        _ = try await record(-1, in: store(objects, MemoryReplica(images: KindRegistry.all.images)))
        #expect(objects.requests.count == requests)
    }

    @Test func `whoever wins the last entry of a pack writes it, and the larger ones that end there`() async throws {
        let objects = try bucket(1_000)
        let expected = objects.state.withLock { $0.objects }
        let packs = try PackSize.all.map { try key(999, $0) }
        let last = try LongChain.shared.get().entries[999]
        for removed in [packs, packs + [try key(989, PackSize.all[0]), try key(899, PackSize.all[1])]] {
            objects.state.withLock { state in for key in removed { state.objects[key] = nil } }
            removeRequests(objects)
            await store(objects).writePacks(endingWith: last, keys)
            #expect(packs.allSatisfy { objects.state.withLock { $0 }.objects[$0] == expected[$0] })
        }
    }

    @Test func `a recorder writes a pack after every tenth entry`() async throws {
        let objects = MemoryObjects()
        let recorder = store(objects)
        for value in 1...19 { _ = try await record(value, in: recorder) }
        let packs = objects.state.withLock { $0.objects.keys.filter { $0.contains("/packs/") }.sorted() }
        #expect(packs == ["p/antenna-production/packs/999999999980-10", "p/antenna-production/packs/999999999990-10"])
        #expect(try await store(objects).head(of: keys.environment)?.header.seq == Seq(rawValue: 19))
    }

    @Test func `a pack that was not written does not prevent the record`() async throws {
        let objects = MemoryObjects { number, _ in number == 11 ? .refused("AccessDenied") : nil }
        let recorder = store(objects)
        for value in 1...12 { _ = try await record(value, in: recorder) }
        #expect(objects.requests.filter { $0.hasPrefix("PUT pack") } == ["PUT pack-10"])
        #expect(try await store(objects).head(of: keys.environment)?.header.seq == Seq(rawValue: 12))
    }

    @Test(arguments: [9, 99])
    func `the recorder of the next entry writes packs that a killed one left out`(_ end: Int64) async throws {
        let (objects, missing) = (
            try bucket(Int(end) + 1), PackSize.all.compactMap { PackSpan(endingWith: Seq(rawValue: end), $0) }
        )
        let expected = objects.state.withLock { $0.objects }
        objects.state.withLock { state in for span in missing { state.objects[keys[span]] = nil } }
        _ = try await record(-1, in: store(objects))
        for span in missing {
            #expect(objects.state.withLock { $0.objects[keys[span]] } == expected[keys[span]])
        }
    }

    /// Ways in which a pack is not what its key promises.
    enum Damage: CaseIterable {
        case noZlib, cut, otherEntries, lacksContents, anotherPast, anotherState, absent
    }

    @Test(arguments: Damage.allCases, [0, 1])
    func `a pack that is damaged or wrong is ignored`(_ damage: Damage, _ index: Int) async throws {
        let (objects, size) = (try bucket(199), PackSize.all[index])
        let (key, chain) = (try key(99, size), try LongChain.shared.get())
        let span = try #require(PackSpan(endingWith: Seq(rawValue: 99), size))
        let bytes = try #require(objects.state.withLock { $0.objects[key] })
        let entries = Array(chain.entries[Int(span.first.rawValue)...99])
        let state = size.hasState ? chain.checkpoints[99] : nil
        let wrong: [UInt8]? =
            switch damage {
            case .noZlib: [1, 2, 3]
            case .cut: Array(bytes.dropLast(5))
            case .otherEntries: objects.state.withLock { $0.objects }[try self.key(89, PackSize.all[0])]
            case .lacksContents:
                PackObject.encode(
                    try Pack(span, entries.map { ExportedEntry(entry: $0.entry, contents: [:]) }, state: state))
            case .anotherPast: PackObject.encode(try Pack(span, Self.forged(entries), state: state))
            case .anotherState: PackObject.encode(try Pack(span, entries, state: chain.checkpoints[49]))
            case .absent: nil
            }
        objects.state.withLock { $0.objects[key] = wrong }
        for replica in [WholeReplica(), MemoryReplica(images: KindRegistry.all.images)] as [any Replica] {
            let head = try await store(objects, replica).head(of: keys.environment)
            #expect(head?.hash == chain.entries[198].entry.hash)
            #expect(head?.state == chain.states[198])
        }
    }

    /// Entries with the same start, and another end.
    private static func forged(_ entries: [ExportedEntry]) throws -> [ExportedEntry] {
        var (forged, last) = ([ExportedEntry](), entries[0].entry)
        for entry in entries {
            var next = entry.entry
            if next.header.seq.rawValue > 95 { next = LongChain.marker(after: last, "forged") }
            forged.append(ExportedEntry(entry: next, contents: next == entry.entry ? entry.contents : [:]))
            last = next
        }
        return forged
    }

    @Test func `a pack that inflates to more than 64 MiB is ignored`() async throws {
        let objects = try bucket(100)
        let bomb = Deflate.compress([UInt8](repeating: 10, count: ObjectLines.maximumSize + 1), as: .zlib)
        objects.state.withLock { state in
            for key in state.objects.keys where key.contains("/packs/") { state.objects[key] = bomb }
        }
        #expect(try await store(objects).head(of: keys.environment)?.header.seq == Seq(rawValue: 99))
    }
}
