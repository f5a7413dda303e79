import StrictJSON
import Testing
import Tidemark
import TidemarkKinds
import TidemarkTestSupport

@testable import TidemarkBucket

@Suite struct ObjectVerificationTests {
    private var chain: ChainBuilder
    private let keys: EntryKeys
    private let objects = MemoryObjects()
    private let clock = SleepClock()

    init() throws {
        chain = try ChainBuilder()
        for value in 1...30 { try chain.append(.of([.of("a"): JSON(value)])) }
        keys = EntryKeys(prefix: "p", environment: chain.environment)
        for entry in chain.entries { try put(entry) }
    }

    private func put(_ entry: ExportedEntry) throws {
        let (key, bytes) = (keys[entry.entry.header.seq], try EntryObject.encode(entry))
        objects.state.withLock { $0.objects[key] = bytes }
    }

    private func verify() async throws {
        let store = BucketStore(
            objects, replica: MemoryReplica(images: KindRegistry.all.images), outbox: MemoryOutbox(), prefix: "p",
            images: KindRegistry.all.images, clock: clock.clock)
        try await store.verify(chain.entries.map(ExpectedObject.init), of: chain.environment)
    }

    @Test func `objects that are the entries of the copy hold, with one request for each`() async throws {
        try await verify()
        #expect(objects.requests.count == chain.entries.count)
    }

    @Test func `an object that is not the entry of the copy is named, the first one of several`() async throws {
        let (other, entry) = (try forged(at: 12), chain.entries[12].entry)
        let erased = ExportedEntry(entry: try Entry(headerText: entry.headerText, bodyText: nil), contents: [:])
        let removed = keys[Seq(rawValue: 20)]
        objects.state.withLock { $0.objects[removed] = nil }
        for (wrong, why) in [
            (other, "it has \(other.entry.reference), and the copy has \(entry.reference)"),
            (erased, "its body is missing"),
            (ExportedEntry(entry: entry, contents: [:]), "it lacks a content that the entry names"),
        ] {
            try put(wrong)
            let failure = await #expect(throws: Failure.self) { try await verify() }
            #expect(
                failure?.what
                    == "the object 'p/antenna-production/entries/000000000012' is not the entry that the local copy has"
            )
            #expect(failure?.why == why)
        }
        try put(chain.entries[12])
        #expect(
            await #expect(throws: Failure.self) { try await verify() }?.why
                == "it lacks entry @20, which the local copy has")
    }

    /// Another entry that follows the same one.
    private func forged(at index: Int) throws -> ExportedEntry {
        ExportedEntry(entry: LongChain.marker(after: chain.entries[index - 1].entry, "forged"), contents: [:])
    }
}
