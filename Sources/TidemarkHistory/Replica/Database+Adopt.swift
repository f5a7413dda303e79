import GRDB
import StrictJSON
import Tidemark

extension Database {
    /// Verifies the next entry of a chain, inserts it with its contents, and indexes it. An entry that is there already is left as
    /// it is.
    /// - Parameter known: The end of the chain, if it was known before.
    /// - Returns: The end of the chain.
    func adopt(_ exported: ExportedEntry, after known: ChainEnd?, _ images: ImageIndex) throws -> ChainEnd {
        let (entry, environment) = (exported.entry, exported.entry.header.environment)
        var end = try chainEnd(of: environment, known, images)
        if let newest = end.newest, entry.header.seq <= newest.header.seq,
            try keptEntry(of: environment, at: entry.header.seq)?.hash == entry.hash
        {
            return end
        }
        let state = end.replay.state
        let (change, contents) = try Failure.ofStore { () throws(Failure) in
            let change = try end.add(entry).map(end.replay.indexed)
            let contents = try exported.verifiedContents()
            if let change, !change.lacks(state, contents.keys).isEmpty {
                throw Failure.damaged(
                    "entry \(entry.header.seq) of '\(environment)' is damaged", why: "it lacks a content that it names")
            }
            return (change, contents)
        }
        try adopt(entry, change, contents, writer(of: row(of: environment), images), &end.running)
        return end
    }

    /// The end of a chain as the file has it: other processes adopt entries too.
    private func chainEnd(
        of environment: EnvironmentName, _ known: ChainEnd?, _ images: ImageIndex
    ) throws -> ChainEnd {
        guard let newest = try last(of: environment) else {
            var end = ChainEnd()
            end.running = DeploymentReplay(images: images)
            return end
        }
        if let known, known.newest?.hash == newest.hash { return known }
        guard try isStateKnown(at: newest), let head = try head(of: environment, images) else {
            var end = ChainEnd()
            try forEachEntry(of: environment) { _ = try end.add($0) }
            return end
        }
        return try ChainEnd(
            head, log: first(of: environment).header.log,
            binding: entry(of: environment, at: head.bindingSeq).bindingHash())
    }

    /// Whether the state after an entry is known, as it is unless an entry was erased and no checkpoint follows it.
    private func isStateKnown(at newest: Entry) throws -> Bool {
        var entry = newest
        while !entry.header.kind.showsState {
            let isErased = entry.header.kind.affectsState && entry.bodyText == nil
            if isErased || entry.header.isFirst { return false }
            entry = try self.entry(of: entry.header.environment, at: entry.header.seq.previous)
        }
        return try entry.bodyText != nil && showsState(entry.header.environment, at: entry.header.seq)
    }
}

extension IndexedChange {
    /// The contents that are named, and are neither in the state before nor among some others.
    fileprivate func lacks(_ before: ChainState, _ others: some Sequence<ContentHash>) -> Set<ContentHash> {
        let missing = Set(body.contents).subtracting(others)
        // After an unknown state an entry has all that it names.
        return missing.isEmpty || isRestart ? missing : missing.subtracting(before.contents)
    }
}

extension ExportedEntry {
    /// The contents, compared with their hashes.
    fileprivate func verifiedContents() throws(Failure) -> [ContentHash: [UInt8]] {
        var verified: [ContentHash: [UInt8]] = [:]
        for (hash, text) in contents {
            guard ContentHash(of: text.utf8) == hash, (try? JSON(parsing: text))?.canonical == text else {
                throw Failure.content(hash)
            }
            verified[hash] = Array(text.utf8)
        }
        return verified
    }
}

extension Failure {
    /// Verifies what the store has: a failure is that of the store, and not of the local copy.
    fileprivate static func ofStore<Value>(_ body: () throws(Failure) -> Value) throws(Failure) -> Value {
        do {
            return try body()
        } catch {
            throw error.remedy == .restoreHistory ? error.with(.searchCopies) : error
        }
    }
}
