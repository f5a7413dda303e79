import CivilTime
import FoundationEssentials
import GRDB
import HistoryFiles
import StrictJSON
import Tidemark

extension History {
    /// Appends a snapshot in one transaction, and before it a binding if there is none yet or it changed.
    ///
    /// The change is computed inside the transaction, against the head of that moment.
    /// - Returns: Nil, with nothing written, if another snapshot was appended since the walk began: the observation is older
    ///   than the newest snapshot.
    /// - Throws: `Failure` for a file that cannot be written, and for a damaged head.
    package func append(
        _ recording: Recording, clock: ProgramClock = .system
    ) throws(Failure) -> AppendedSnapshot? {
        try writeInTransaction { database in
            let head = try database.head(of: recording.environment, images)
            try head?.checkIsOpen()
            guard head?.snapshot == recording.after, recording.isSigned(over: head) else { return nil }
            let proposal = Proposal(
                recording, over: head, images: images, time: recording.time(of: clock))
            try database.adopt(proposal, after: head, images)
            return AppendedSnapshot(proposal, after: head)
        }
    }

    /// Appends an entry that shows no state.
    /// - Returns: False, with nothing written, if the entry does not follow the newest one.
    func append(_ entry: Entry) throws(Failure) -> Bool {
        let appended: Void? = try writeInTransaction { database in
            let environment = entry.header.environment
            guard let last = try database.last(of: environment), entry.header.follows(last.header, hash: last.hash)
            else { return nil }
            var running = DeploymentReplay?.none
            try database.adopt(entry, nil, [:], database.writer(of: database.row(of: environment), images), &running)
        }
        return appended != nil
    }

    /// Writes within one transaction, and converts SQLite's errors to failures.
    /// - Parameter body: Returns nil to roll back.
    func writeInTransaction<Value>(_ body: (Database) throws -> Value?) throws(Failure) -> Value? {
        do {
            return try database.writeWithoutTransaction { database in
                var value: Value?
                try database.inTransaction(.immediate) {
                    value = try body(database)
                    return value == nil ? .rollback : .commit
                }
                return value
            }
        } catch {
            throw Failure(error, path: path)
        }
    }
}

extension Database {
    /// Inserts the entries and contents of a proposal, and indexes them.
    fileprivate func adopt(_ proposal: Proposal, after head: ChainHead?, _ images: ImageIndex) throws {
        let (delta, environment) = (proposal.delta, proposal.recording.environment)
        let writer = IndexWriter(database: self, environment: try row(of: environment), images: images) { change in
            proposal.recording.observation.facets[change.facet] ?? nil
        }
        let binding = proposal.bindsAnew ? proposal.entries[0].header.seq : head?.bindingSeq ?? .first
        let change = IndexedChange(body: delta.body, parts: delta.parts, binding: binding)
        var running = DeploymentReplay?.none
        for entry in proposal.entries {
            let isSnapshot = entry.header.kind == .snapshot
            try adopt(entry, isSnapshot ? change : nil, isSnapshot ? delta.contents : [:], writer, &running)
        }
    }

    /// Inserts an entry with contents that the file may lack, and indexes it.
    /// - Parameters:
    ///   - change: What the entry changes; nil if it shows no known state.
    ///   - contents: The canonical JSON of contents by its hash.
    ///   - running: What runs before the entry, and then after it; nil to read it from the index.
    func adopt(
        _ entry: Entry, _ change: IndexedChange?, _ contents: [ContentHash: [UInt8]], _ writer: IndexWriter,
        _ running: inout DeploymentReplay?
    ) throws {
        let facets = try change?.body.changes.map { ($0, try writer.verifiedRow(of: $0.facet)) } ?? []
        var others = contents
        for (change, facet) in facets {
            guard let hash = change.content, let bytes = others.removeValue(forKey: hash) else { continue }
            _ = try insert(bytes, hash: hash, like: facet)
        }
        for (hash, bytes) in others { _ = try insert(bytes, hash: hash) }
        let seq = entry.header.seq
        try insert(entry, of: writer.environment)
        try writer.add(entry, change, &running)
        for (change, facet) in facets {
            if let hash = change.content {
                let bytes = try contents[hash] ?? contentBytes(of: hash)
                try writer.setCurrent(change.facet, facet, at: seq, to: hash, String(decoding: bytes, as: UTF8.self))
            } else {
                try writer.removeCurrent(change.facet, facet)
            }
        }
    }

    /// The row of an environment, inserted if there is none.
    func row(of environment: EnvironmentName) throws -> Int64 {
        try row(Embedded.environmentId, orInsert: Embedded.insertEnvironment, ["name": environment.rawValue])
    }

    func insert(_ entry: Entry, of environment: Int64, isPlain: Bool = false) throws {
        try run(
            Embedded.insertEntry,
            [
                "environment": environment, "seq": entry.header.seq.rawValue, "hash": entry.hash.data,
                "header": entry.headerText,
                "body": isPlain ? entry.bodyText.databaseValue : entry.bodyText.map(StoredBody.encode),
            ])
    }
}
