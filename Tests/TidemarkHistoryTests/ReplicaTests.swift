import FoundationEssentials
import GRDB
import Locking
import StrictJSON
import Testing
import Tidemark
import TidemarkKinds
import TidemarkTestSupport

@testable import TidemarkHistory

/// The replica of a history elsewhere, which is another file here.
struct ReplicaTests {
    private static let address = "s3://antenna/history"
    private let whole: Scratch
    private let scratch: Scratch
    private let environment: EnvironmentName

    init() throws {
        (whole, scratch, environment) = (try Scratch.checkpointed(), try Scratch(), try Scratch.production)
    }

    private let reports = Locked<[String]>([])

    private func replica(_ address: String = address) throws -> FileReplica {
        try FileReplica(at: scratch.path, of: address, images: KindRegistry.all.images) { [reports] line in
            reports.withLock { $0.append(line) }
        }
    }

    @Test(arguments: ["whole", "pruned", "erased", "random"])
    func `a replica has the same entries and answers, whoever adopts which of them`(name: String) async throws {
        let source =
            switch name {
            case "whole": whole
            case "pruned": try whole.rewritten(from: 4)
            case "erased": try whole.rewritten(erasing: [1, 2])
            default: try Scratch.random()
            }
        let replicas = [try replica(), try replica()]
        for environment in try source.history.environments() {
            for (number, entry) in try source.history.exported(environment).enumerated() {
                try await replicas[number / 3 % 2].adopt(entry)
                try await replicas[number % 2].adopt(entry)
            }
            let head = try await replicas[0].head(of: environment)
            #expect(try head?.state == source.history.head(of: environment)?.state && head?.hash != nil)
        }
        #expect(try scratch.history.verify() == source.history.verify())
    }

    @Test func `an entry is adopted only if it continues the chain and shows what it records`() async throws {
        let entries = try whole.history.exported(environment)
        let replica = try replica()
        for entry in entries[...1] { try await replica.adopt(entry) }
        let before = try scratch.dump()
        let snapshot = entries[2]
        let other = try Scratch()
        try other.append(.of())
        let hash = try #require(snapshot.contents.keys.first)
        let anotherRelease = snapshot.entry.headerText.replacing("\"release\":2", with: "\"release\":1")
        let wrong = [
            ("does not follow", entries[3]), ("does not follow", try other.history.exported(environment)[1]),
            ("lacks a content", snapshot.with([:])),
            ("is damaged", snapshot.with([hash: "1"])),
            ("is not the one that it records", try snapshot.showingAnotherState()),
            ("'release' or 'run' in its header", try snapshot.with(header: anotherRelease)),
            ("use a newer tidemark", try .of("future", isNeeded: true, after: entries[1])),
        ]
        for (why, entry) in wrong {
            let failure = await #expect(throws: Failure.self) { try await replica.adopt(entry) }
            #expect(failure?.description.contains(why) == true, "\(failure.map(\.description) ?? "")")
            #expect(failure?.description.contains("-journal") == false)
        }
        // Of several entries all are adopted, or none.
        await #expect(throws: Failure.self) { try await replica.adopt([snapshot, entries[4]]) }
        #expect(try scratch.dump() == before)
    }

    @Test func `an entry of an unknown kind is adopted with its contents`() async throws {
        let replica = try replica()
        let binding = try whole.history.exported(environment)[0]
        try await replica.adopt(binding)
        let future = try ExportedEntry.of("future", isNeeded: false, after: binding)
        try await replica.adopt(future)
        #expect(try await replica.head(of: environment)?.hash == future.entry.hash)
        #expect(try scratch.history.verify().contents == 1)
    }

    @Test func `nothing follows the entry that ends a chain`() async throws {
        let replica = try replica()
        let entries = try whole.history.exported(environment)
        for entry in entries { try await replica.adopt(entry) }
        let head = try #require(try await replica.head(of: environment))
        let last = Entry(
            ending: head, with: Move(to: "s3://elsewhere"), caller: nil, attempt: .fixed, time: (Stack.start, .machine))
        try await replica.adopt(ExportedEntry(entry: last, contents: [:]))
        #expect(try await replica.head(of: environment)?.move == Move(to: "s3://elsewhere"))
        let after = try ExportedEntry.of("future", isNeeded: false, after: ExportedEntry(entry: last, contents: [:]))
        for replica in [replica, try self.replica()] {
            let failure = await #expect(throws: Failure.self) { try await replica.adopt(after) }
            #expect(failure?.why == "it does not follow the entry before it")
        }
        #expect(try scratch.history.verify().heads[environment] == last.reference)
    }

    @Test func `nothing is recorded into a replica`() async throws {
        let replica = try replica()
        for entry in try whole.history.exported(environment) { try await replica.adopt(entry) }
        let refused = failure { try scratch.append(.of()) }
        #expect(
            refused
                == "invalid: '\(scratch.path)' cannot be written: it is the local copy of '\(Self.address)': use the history at that address"
        )
        let walked = await #expect(throws: Failure.self) {
            try await History.record(
                at: scratch.path, images: KindRegistry.all.images, environment: environment, release: nil
            ) { _ in
                Issue.record("the environment was observed")
                return .of()
            }
        }
        #expect(walked.map { "\($0.code): \($0)" } == refused)

        let copy = try Scratch()
        try scratch.history.copy(to: copy.path)
        #expect(try copy.append(.of()) != nil)
    }

    @Test(arguments: ["not a database", "a history", "another address", "a damaged entry", "a damaged row"])
    func `a file that is not the replica is set aside, and copied again`(name: String) async throws {
        let entries = try whole.history.exported(environment)
        switch name {
        case "not a database": try Data("no database, but a text that is long enough".utf8).write(to: scratch.url)
        case "a history": try scratch.append(.of())
        default:
            let other = try replica(name == "another address" ? "s3://other" : Self.address)
            for entry in entries { try await other.adopt(entry) }
            if name == "a damaged entry" { try scratch.tamper("UPDATE log_entry SET header = '{}' WHERE seq = 5") }
            if name == "a damaged row" { try scratch.tamper("DELETE FROM index_current") }
        }
        try Data("what was set aside before".utf8).write(to: URL(filePath: scratch.path + ".aside"))
        let replica = try replica()
        #expect(try await replica.head(of: environment) == nil)
        let lost = await replica.lostHead(of: environment)
        #expect(
            lost
                == (name.hasPrefix("a damaged")
                    ? entries[name == "a damaged entry" ? 4 : entries.count - 1].entry.reference : nil))
        for entry in entries { try await replica.adopt(entry) }
        #expect(try await replica.head(of: environment)?.hash == entries.last?.entry.hash)
        let notices = reports.withLock { $0 }
        #expect(notices.count == 1 && notices[0].hasPrefix("the local copy of '\(Self.address)' is made again: "))
        #expect(notices[0].hasSuffix("; what was there is now '\(scratch.path).aside-2'"))
        let heads = lost == nil ? [] : ["tidemark.sqlite.heads"]
        #expect(try scratch.files == ["tidemark.sqlite", "tidemark.sqlite.aside", "tidemark.sqlite.aside-2"] + heads)
        #expect(throws: Never.self) { try scratch.history.verify() }
    }
}

extension Scratch {
    fileprivate var url: URL { URL(filePath: path) }

    /// Two random chains.
    fileprivate static func random() throws -> Scratch {
        let scratch = try Scratch()
        for (seed, name) in ["antenna-production", "antenna-staging"].enumerated() {
            var stack = RandomStack(seed: UInt64(seed))
            for number in 0..<30 {
                try scratch.append(stack.next(), to: name, release: "v\(number)", at: Int64(number) * 1000)
                if seed == 0, number % 10 == 5 { try scratch.appendCheckpoint(at: Int64(number) * 1000) }
            }
        }
        return scratch
    }
}

extension History {
    fileprivate func exported(_ environment: EnvironmentName) throws -> [ExportedEntry] {
        var entries: [ExportedEntry] = []
        try export(environment) { entry throws(Failure) in entries.append(entry) }
        return entries
    }
}

extension ExportedEntry {
    /// An entry of a kind that no version knows.
    fileprivate static func of(_ kind: String, isNeeded: Bool, after before: ExportedEntry) throws -> ExportedEntry {
        let header = Header(
            environment: before.entry.header.environment, seq: before.entry.header.seq.next, at: Stack.start,
            kind: EntryKind(rawValue: kind), isNeeded: isNeeded, actor: nil, attempt: .fixed,
            previous: before.entry.hash, body: ContentHash(of: "{}".utf8))
        return ExportedEntry(
            entry: Entry(header: header, bodyText: "{}"), contents: [ContentHash(of: "[1]".utf8): "[1]"])
    }

    /// The entry with other contents.
    fileprivate func with(_ contents: [ContentHash: String]) -> ExportedEntry {
        ExportedEntry(entry: entry, contents: contents)
    }

    /// The entry with another header.
    fileprivate func with(header: String) throws -> ExportedEntry {
        ExportedEntry(entry: try Entry(headerText: header, bodyText: entry.bodyText), contents: contents)
    }

    /// The entry with the hash of another state.
    fileprivate func showingAnotherState() throws -> ExportedEntry {
        let (state, other) = (try entry.snapshotBody().state, ContentHash(of: "x".utf8))
        let body = try #require(entry.bodyText).replacing(state.hexadecimal, with: other.hexadecimal)
        let hash = ContentHash(of: body.utf8).hexadecimal
        let header = entry.headerText.replacing(entry.header.body.hexadecimal, with: hash)
        return ExportedEntry(entry: try Entry(headerText: header, bodyText: body), contents: contents)
    }
}
