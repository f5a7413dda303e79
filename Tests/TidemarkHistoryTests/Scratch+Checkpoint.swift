import GRDB
import HistoryFiles
import Testing
import Tidemark
import TidemarkBaseline
import TidemarkKinds
import TidemarkTestSupport

@testable import TidemarkHistory

extension Scratch {
    static var production: EnvironmentName {
        get throws { try EnvironmentName("antenna-production") }
    }

    static let minute: Int64 = 60_000

    /// @0 binding; @1 v9 deployed; @2 v10 deployed; @3 the tag v10 moved; @4 checkpoint; @5 v11 deployed.
    static func checkpointed() throws -> Scratch {
        let scratch = try Scratch()
        try scratch.append(.running("v9", "aa", tags: ["v9": "aa"]), release: "v9")
        try scratch.append(.running("v10", "bb", tags: ["v10": "bb"], gone: ["v9"]), release: "v10", at: minute)
        try scratch.append(.running("v10", "bb", tags: ["v10": "cc"]), at: 2 * minute)
        try scratch.appendCheckpoint(at: 3 * minute)
        try scratch.append(.running("v11", "dd", tags: ["v10": "cc"]), release: "v11", at: 4 * minute)
        return scratch
    }

    private func writable() throws -> History {
        try History.open(appendingAt: path, images: KindRegistry.all.images)
    }

    /// Appends a checkpoint to the chain.
    /// - Parameter altered: Replaces a text of its body.
    @discardableResult
    func appendCheckpoint(at time: Int64 = 0, altered: (String, with: String)? = nil) throws -> Entry {
        let (name, writable) = (try Self.production, try writable())
        let appended = try writable.writeInTransaction { database -> Entry? in
            let head = try #require(try database.head(of: name, writable.images))
            let newest = try #require(try database.newestSnapshot(of: name)).body
            let release = try head.header.newestRelease.flatMap { seq in
                try database.booking(of: name, at: seq, in: database.keptEntry(of: name, at: seq))
            }
            let notes = try database.notes(of: name)
            let log = try #require(try database.first(of: name).header.log)
            let at = Timestamp(millisecondsSince1970: Stack.start.millisecondsSince1970 + time)
            let checkpoint = Entry(
                checkpointAfter: head, newest: newest, release: release, notes: notes, log: log, actor: nil,
                attempt: .fixed,
                time: (at, .aws))
            var entry = try #require(checkpoint)
            if let altered { entry = entry.replacing(altered.0, with: altered.with) }
            try database.insert(entry, of: 1)
            try database.rebuildIndex(writable.images)
            return entry
        }
        return try #require(appended)
    }

    /// A new history with the entries from one on, without the bodies of some, and without the contents that no entry then names.
    func rewritten(from first: Int64 = 0, erasing erased: Set<Int64> = []) throws -> Scratch {
        let (other, source) = (try Scratch(), try history)
        let writable = try other.writable()
        let entries = try source.read { try Row.fetchAll($0, sql: "SELECT * FROM log_entry ORDER BY seq") }
            .map { try $0.entry() }.filter { $0.header.seq.rawValue >= first }
        _ = try writable.writeInTransaction { database in
            try database.run(Embedded.insertEnvironment, ["name": Self.production.rawValue])
            var shown = ShownContents()
            for entry in entries {
                let isErased = erased.contains(entry.header.seq.rawValue)
                let entry = isErased ? try Entry(headerText: entry.headerText, bodyText: nil) : entry
                for hash in try shown.apply(entry) where try database.contentID(hash) == nil {
                    let bytes = try source.read { try $0.contentBytes(of: hash) }
                    try database.insert(StoredContent(plain: bytes), hash: hash)
                }
                try database.insert(entry, of: 1)
            }
            try database.rebuildIndex(writable.images)
            return true
        }
        return other
    }
}

extension Entry {
    fileprivate func replacing(_ text: String, with other: String) -> Entry {
        let body = (bodyText ?? "").replacing(text, with: other)
        let header = Header(
            environment: header.environment, seq: header.seq, at: header.at, kind: header.kind,
            isNeeded: header.isNeeded, actor: header.actor, attempt: header.attempt, log: header.log,
            newestRelease: header.newestRelease, newestRun: header.newestRun, newestNote: header.newestNote,
            previous: header.previous, body: ContentHash(of: body.utf8))
        return Entry(header: header, bodyText: body)
    }
}

/// The code and the line of the failure with which a closure ends.
func failure(_ body: () throws -> some Any) -> String {
    let failure = #expect(throws: Failure.self) { _ = try body() }
    return failure.map { "\($0.code): \($0)" } ?? ""
}

extension Baseline {
    /// A baseline that the chain with a checkpoint never meets.
    static func ofContainers() throws -> Baseline {
        try Baseline(
            yaml:
                "environment: antenna-production\nexpect: [ { name: x, resource: ecs.container, where: { identity: django }, is: { tasks: [] } } ]\n",
            file: "b.yml", kinds: .all, attributes: AnyAttributes())
    }

    private struct AnyAttributes: AttributeCatalogue {
        func shape(of service: String, _ operation: String, at location: AttributePattern) -> AttributeShape? { nil }
    }
}
