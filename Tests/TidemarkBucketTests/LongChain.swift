import StrictJSON
import Tidemark
import TidemarkKinds
import TidemarkTestSupport

@testable import TidemarkBucket

/// A chain of 10,999 entries with its packs. Most entries are of a kind that shows nothing, so that a test can have many.
struct LongChain: Sendable {
    static let shared = Result { try LongChain() }

    let entries: [ExportedEntry]
    /// The state after each entry.
    let states: [ChainState]
    /// The checkpoint that would follow each tenth entry.
    let checkpoints: [Int: ExportedEntry]
    /// The objects of the entries and of their packs, with the number of the last entry that each has.
    private let objects: [(last: Int, key: String, bytes: [UInt8])]

    private init() throws {
        var chain = try ChainBuilder()
        var (states, checkpoints) = ([ChainState()], [Int: ExportedEntry]())
        while chain.entries.count < 10_999 {
            if chain.entries.count % 50 < 2 {
                try chain.append(.of([.of("a"): JSON(chain.entries.count), .of("b"): 1]))
            } else {
                let marker = Self.marker(after: try last(chain), "mark")
                try chain.append(ExportedEntry(entry: marker, contents: [:]))
            }
            let count = chain.entries.count
            if count.isMultiple(of: 10) { checkpoints[count - 1] = chain.copy.checkpoint }
            let state = try chain.copy.head?.state ?? ChainState()
            while states.count < count { states.append(state) }
        }
        (entries, self.states, self.checkpoints) = (chain.entries, states, checkpoints)
        objects = try Self.objects(of: chain, checkpoints)

        func last(_ chain: ChainBuilder) throws -> Entry { chain.entries[chain.entries.count - 1].entry }
    }

    static func marker(after last: Entry, _ text: String) -> Entry {
        let body = JSON.object(["text": .string(text)]).canonical
        let header = Header(
            environment: last.header.environment, seq: last.header.seq.next, at: last.header.at,
            clock: last.header.clock, kind: EntryKind(rawValue: "marker"), actor: nil, attempt: .fixed,
            log: nil, newestRelease: last.header.newestRelease, newestRun: last.header.newestRun,
            previous: last.hash, body: ContentHash(of: body.utf8))
        return Entry(header: header, bodyText: body)
    }

    /// The objects of the first entries, and of their packs.
    func objects(_ count: Int) -> [String: [UInt8]] {
        Dictionary(uniqueKeysWithValues: objects.filter { $0.last < count }.map { ($0.key, $0.bytes) })
    }

    private static func objects(
        of chain: ChainBuilder, _ checkpoints: [Int: ExportedEntry]
    ) throws -> [(last: Int, key: String, bytes: [UInt8])] {
        let keys = EntryKeys(prefix: "p", environment: chain.environment)
        var objects = try chain.entries.enumerated().map { index, entry in
            (last: index, key: keys[entry.entry.header.seq], bytes: try EntryObject.encode(entry))
        }
        for size in PackSize.all {
            let step = Int(size.count)
            for end in stride(from: step, through: chain.entries.count, by: step) {
                guard let span = PackSpan(endingWith: Seq(rawValue: Int64(end) - 1), size) else { continue }
                let pack = try Pack(
                    span, Array(chain.entries[end - step..<end]), state: size.hasState ? checkpoints[end - 1] : nil)
                if let bytes = PackObject.encode(pack) { objects.append((end - 1, keys[span], bytes)) }
            }
        }
        return objects
    }
}
