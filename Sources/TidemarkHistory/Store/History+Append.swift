import CivilTime
import FoundationEssentials
import GRDB
import StrictJSON
import Tidemark

extension History {
    /// Appends a snapshot in one transaction, and before it a binding if there is none yet or it changed.
    ///
    /// The change is computed inside the transaction, against the head of that moment.
    /// - Parameter now: The machine's time of day, read once inside the transaction.
    /// - Returns: Nil, with nothing written, if another snapshot was appended since the walk began: the observation is older
    ///   than the newest snapshot.
    /// - Throws: `Failure` for a file that cannot be written, and for a damaged head.
    package func append(
        _ pending: PendingSnapshot, now: () -> Timestamp = { ProgramClock.system.now() }
    ) throws(Failure) -> AppendedSnapshot? {
        try writeInTransaction { database in try database.append(pending, images, now: now()) }
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
    fileprivate func append(
        _ pending: PendingSnapshot, _ images: ImageIndex, now: Timestamp
    ) throws -> AppendedSnapshot? {
        let (environment, observation) = (pending.environment, pending.observation)
        let head = try head(of: environment)
        guard head?.snapshot == pending.after else { return nil }
        var chain = Chain(
            environment: environment, actor: observation.caller, at: observation.onAWSClock(now), last: head?.seq,
            lastHash: head?.hash)

        let isNewlyBound = head?.binding != observation.binding
        if isNewlyBound { try insert(chain.link(.binding, body: observation.binding.json)) }

        let (last, delta) = try delta(of: observation, over: head, of: environment)
        let unchangedRoot = delta.changes.isEmpty ? last?.root : nil
        let body = SnapshotBody(
            observation: observation, changes: delta.changes, fingerprints: delta.fingerprints,
            root: unchangedRoot ?? Root.hash(of: delta.state), release: pending.release)
        for (hash, bytes) in delta.contents { try insert(bytes, hash: hash) }
        let entry = chain.link(.snapshot, body: body.json)
        try insert(entry)
        try index(body, of: entry.header, images) { observation.facets[$0.facet] ?? nil }
        return AppendedSnapshot(
            entry: entry, body: body, observation: observation, rotated: delta.rotated,
            resourceCount: delta.state.keys.count { $0.name == Snapshot.description }, isNewlyBound: isNewlyBound,
            uncomparedSecrets: last?.keyID.flatMap { $0 == body.keyID ? nil : head?.snapshot })
    }

    /// The change of an observation against the head, and the body of the newest snapshot; both are verified.
    private func delta(
        of observation: EnvironmentObservation, over head: Head?, of environment: EnvironmentName
    ) throws -> (last: SnapshotBody?, delta: Delta) {
        let state = head?.state ?? [:]
        let last = head?.lastSnapshot?.body
        try last?.verify(state, of: environment, at: head?.snapshot ?? .first)
        try verifyFingerprints(of: environment)
        let fingerprints = try fingerprints(of: environment, at: head?.seq ?? .first)
        return (last, Delta(observation, over: state, fingerprints: fingerprints))
    }

    private func insert(_ content: [UInt8], hash: ContentHash) throws {
        let arguments: StatementArguments = ["hash": hash.hexadecimal, "bytes": Data(content)]
        try cachedStatement(sql: Embedded.insertContent).execute(arguments: arguments)
    }

    private func insert(_ entry: Entry) throws {
        let arguments: StatementArguments = [
            "environment": entry.header.environment.rawValue, "seq": entry.header.seq.rawValue,
            "header": entry.headerText, "hash": entry.hash.hexadecimal, "body": entry.bodyText,
        ]
        try cachedStatement(sql: Embedded.insertEntry).execute(arguments: arguments)
    }
}
