import StrictJSON
import Testing
import Tidemark
import TidemarkKinds
import TidemarkTestSupport

@testable import TidemarkBucket

@Suite struct ChainCopyTests {
    private var chain: ChainBuilder

    init() throws { chain = try ChainBuilder() }

    /// A copy that reads the objects of some entries.
    private func copy(_ entries: [ExportedEntry]) throws -> ChainCopy {
        var copy = ChainCopy(of: chain.environment, images: KindRegistry.all.images)
        let keys = EntryKeys(prefix: "", environment: chain.environment)
        for entry in entries {
            let bytes = try EntryObject.encode(entry)
            try copy.append(EntryObject.decode(bytes, of: entry.entry.header.seq, in: keys))
        }
        return copy
    }

    @Test mutating func `a content that comes back is carried again, and one that is there is not`() throws {
        for content: JSON in [["v": 1], ["v": 2], ["v": 1]] { try chain.append(.of([.of("a"): content])) }
        try chain.append(.of([.of("a"): ["v": 1], .of("b"): ["v": 1]]))
        #expect(
            chain.entries.map { $0.contents.values.sorted().last } == [nil, #"{"v":1}"#, #"{"v":2}"#, #"{"v":1}"#, nil])
        let head = try #require(try copy(chain.entries).head)
        #expect(head.hash == chain.entries.last?.entry.hash)
        #expect(head.state == (try chain.copy.head?.state))
        #expect(head.state.facets.keys.sorted() == [.of("a"), .of("b")])
    }

    @Test mutating func `a copy knows the images that run`() throws {
        let container = ResourceID(.ecsContainer, "family/web")
        let facet = FacetID(container, Snapshot.description)
        let running: JSON = ["image": "web:v1", "imageDigest": .string("sha256:" + String(repeating: "a", count: 64))]
        try chain.append(.of([facet: ["tasks": [["containers": [running]]]]]))
        #expect(try copy(chain.entries).head?.running[facet]?.map(\.tag) == ["v1"])
        try chain.append(.of([facet: nil]))
        #expect(try copy(chain.entries).head?.running[facet] == nil)
    }

    @Test mutating func `nothing follows the entry that ends a chain`() throws {
        try chain.append(.of([.of("a"): 1]))
        var copy = try copy(chain.entries)
        let open = try #require(try copy.head)
        try chain.append(.of([.of("a"): 2]))
        let last = Entry(
            ending: open, with: Move(to: nil), caller: nil, attempt: RandomID(), time: (open.header.at, .machine))
        try copy.append(ExportedEntry(entry: last, contents: [:]))
        let head = try #require(try copy.head)
        #expect(head.move == Move(to: nil) && head.state == open.state)
        #expect(throws: Failure.self) { try head.checkIsOpen() }
        let again = Entry(
            ending: head, with: Move(to: nil), caller: nil, attempt: RandomID(), time: (open.header.at, .machine))
        #expect(throws: Failure.self) { try copy.append(ExportedEntry(entry: again, contents: [:])) }
    }

    @Test mutating func `an entry is accepted again, and one of another past is not`() throws {
        for value in 1...3 { try chain.append(.of([.of("a"): JSON(value)])) }
        var copy = try copy(chain.entries)
        for entry in chain.entries { try copy.append(entry) }

        var other = try ChainBuilder()
        try other.append(.of([.of("a"): 7]))
        for entry in other.entries.dropFirst() {
            #expect(throws: Failure.self) { try copy.append(entry) }
        }
        #expect(try copy.head?.hash == chain.entries.last?.entry.hash)
        #expect(throws: Failure.self) { try self.copy(Array(chain.entries.dropFirst())) }
        #expect(throws: Failure.self) { try self.copy([chain.entries[0], chain.entries[2]]) }
    }

    @Test mutating func `an entry without a content that the state before lacks is refused`() throws {
        try chain.append(.of([.of("a"): 1]))
        let stripped = ExportedEntry(entry: chain.entries[1].entry, contents: [:])
        let failure = #expect(throws: Failure.self) { try copy([chain.entries[0], stripped]) }
        #expect(failure?.why == "it lacks a content that it names")
    }

    @Test(arguments: [(1, 3), (2, 1)])
    mutating func `an entry whose header names another release or run than the chain has is refused`(
        _ release: Int64, _ run: Int64
    ) throws {
        try chain.append(.of([.of("a"): 1]), release: try Release(label: "v1"))
        try chain.append(.of([.of("a"): 2]), release: try Release(label: "v2"))
        let last = chain.entries[2].entry
        let header = Header(
            environment: chain.environment, seq: Seq(rawValue: 3), at: Stack.start, kind: EntryKind(rawValue: "marker"),
            actor: nil, attempt: .fixed, newestRelease: Seq(rawValue: release), newestRun: Seq(rawValue: run),
            previous: last.hash, body: ContentHash(of: "{}".utf8))
        let entry = ExportedEntry(entry: Entry(header: header, bodyText: "{}"), contents: [:])
        let failure = #expect(throws: Failure.self) { try copy(chain.entries + [entry]) }
        #expect(failure?.why == "'release' or 'run' in its header is not what the entries before it say")

        let snapshot = chain.entries[2].entry
        let text = snapshot.headerText.replacing("\"release\":2", with: "\"release\":1")
        let denied = ExportedEntry(
            entry: try Entry(headerText: text, bodyText: snapshot.bodyText), contents: chain.entries[2].contents)
        #expect(throws: Failure.self) { try copy(Array(chain.entries[..<2]) + [denied]) }
    }

    @Test mutating func `an erased entry hides the state until a checkpoint repeats it`() throws {
        try chain.append(.of([.of("a"): 1]))
        try chain.append(.of([.of("a"): 2]))
        let head = try #require(try chain.copy.head)
        let checkpoint = try #require(
            Entry(
                checkpointAfter: head, newest: try chain.entries[2].entry.snapshotBody(), release: nil, notes: [],
                log: .fixed,
                actor: nil, attempt: .fixed, time: (Stack.start, .aws)))
        let contents = chain.entries.map(\.contents).reduce(into: [:]) { $0.merge($1) { old, _ in old } }
        let shown = ExportedEntry(entry: checkpoint, contents: contents.filter { head.state.contents.contains($0.key) })
        let erased = ExportedEntry(
            entry: try Entry(headerText: chain.entries[1].entry.headerText, bodyText: nil), contents: [:])
        let unread = ExportedEntry(entry: chain.entries[2].entry, contents: [:])

        let hidden = try copy([chain.entries[0], erased, unread])
        #expect(throws: Failure.self) { try hidden.head }
        let repeated = ExportedEntry(entry: checkpoint, contents: [:])
        for entries in [[chain.entries[0], erased, unread, shown], [shown], chain.entries + [repeated]] {
            let copied = try #require(try copy(entries).head)
            #expect(copied.state == head.state)
            #expect(copied.header.seq == Seq(rawValue: 3))
        }
    }
}
