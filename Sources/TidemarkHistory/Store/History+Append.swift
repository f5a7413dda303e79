import CivilTime
import FoundationEssentials
import GRDB
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
            guard head?.snapshot == recording.after else { return nil }
            let proposal = Proposal(
                recording, over: head, images: images, time: recording.time(of: clock))
            try database.adopt(proposal, after: head, images)
            return AppendedSnapshot(proposal, after: head)
        }
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
        let row = try row(
            Embedded.environmentId, orInsert: Embedded.insertEnvironment, ["name": environment.rawValue])
        let writer = IndexWriter(database: self, environment: row, images: images) { change in
            proposal.recording.observation.facets[change.facet] ?? nil
        }
        let facets = try delta.body.changes.map { change in (change, try writer.verifiedRow(of: change.facet)) }
        var others = delta.contents
        for (change, facet) in facets {
            guard let hash = change.content, let bytes = others.removeValue(forKey: hash) else { continue }
            _ = try insert(bytes, hash: hash, like: facet)
        }
        for (hash, bytes) in others { _ = try insert(bytes, hash: hash) }
        for entry in proposal.entries {
            try insert(entry, of: row)
            try writer.add(entry.header, entry.header.kind == .snapshot ? delta.body : nil)
        }
        let seq = proposal.snapshot.header.seq
        let binding = proposal.bindsAnew ? proposal.entries[0].header.seq : head?.bindingSeq ?? .first
        try writer.add(delta.body, at: seq, delta.parts, binding: binding)
        for (change, facet) in facets {
            if let hash = change.content, let bytes = delta.contents[hash] {
                try writer.setCurrent(change.facet, facet, at: seq, to: hash, String(decoding: bytes, as: UTF8.self))
            } else {
                try writer.removeCurrent(change.facet, facet)
            }
        }
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
