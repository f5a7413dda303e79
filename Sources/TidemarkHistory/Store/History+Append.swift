import FoundationEssentials
import GRDB
import Tidemark

extension History {
    /// Appends a snapshot, and a binding where there is none yet or it changed, in one transaction.
    ///
    /// The change is computed inside the transaction, against the head as it is then.
    /// - Returns: Nil, with nothing written, if another snapshot was appended since the look began: the look is older
    ///   than what is known.
    public func append(_ pending: PendingSnapshot, clock: () -> Timestamp = Timestamp.now) throws(Failure)
        -> AppendedSnapshot?
    {
        do {
            return try database.writeWithoutTransaction { database in
                var appended: AppendedSnapshot?
                try database.inTransaction(.immediate) {
                    appended = try database.append(pending, images, now: clock())
                    return appended == nil ? .rollback : .commit
                }
                return appended
            }
        } catch {
            throw Failure(error, path: path)
        }
    }
}

extension Database {
    fileprivate func append(_ pending: PendingSnapshot, _ images: ImageIndex, now: Timestamp) throws
        -> AppendedSnapshot?
    {
        let environment = pending.environment
        let head = try head(of: environment)
        guard head?.snapshot == pending.after else { return nil }
        var chain = Chain(
            environment: environment, actor: pending.observation.caller, at: pending.observation.onAWSClock(now),
            last: head?.seq,
            lastHash: head?.hash)

        let isNewlyBound = head?.binding != pending.observation.binding
        if isNewlyBound { try insert(chain.link(.binding, body: pending.observation.binding.json)) }

        let state = head?.state ?? [:]
        let last = try head?.lastSnapshot?.snapshotBody()
        try last?.verify(state, of: environment, at: head?.snapshot ?? .first)
        try holdFingerprints(of: environment)
        let delta = Delta(
            pending.observation, over: state,
            fingerprints: try fingerprints(of: environment, at: head?.seq ?? .first))
        let unchanged = delta.changes.isEmpty ? last?.root : nil
        let body = SnapshotBody(
            observation: pending.observation, changes: delta.changes, fingerprints: delta.fingerprints,
            root: unchanged ?? Root.hash(of: delta.state), release: pending.release)
        for (hash, bytes) in delta.contents { try insert(bytes, hash: hash) }
        let entry = chain.link(.snapshot, body: body.json)
        try insert(entry)
        try index(body, of: entry.header, images) { pending.observation.facets[$0.facet] ?? nil }
        return AppendedSnapshot(
            entry: entry, body: body, observation: pending.observation, rotated: delta.rotated,
            resourceCount: delta.state.keys.count { $0.name == Snapshot.description }, isNewlyBound: isNewlyBound,
            uncomparedSecrets: last?.keyID.flatMap { $0 == body.keyID ? nil : head?.snapshot })
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
