import GRDB
import Tidemark

// Entries that were removed, and bodies that were erased.
extension Database {
    /// Says which entries of a chain were removed; nil if it is whole.
    func removed(from environment: EnvironmentName) throws -> String? {
        let first = try first(of: environment).header.seq
        return first > .first ? "the entries before \(first) were removed" : nil
    }

    /// The entries of an environment, or of all, that were removed or erased.
    func missingEntries(of environment: EnvironmentName?) throws -> [MissingEntries] {
        try (environment.map { [$0] } ?? environments()).compactMap { environment in
            let first = try first(of: environment).header.seq
            // Without a checkpoint nothing is missing.
            guard try seq(Embedded.nextCheckpoint, environment, first.previous) != nil else { return nil }
            return MissingEntries(
                environment: environment, removedBefore: first > .first ? first : nil,
                erasedUpTo: try seq(Embedded.erasedBefore, environment, .endless))
        }
    }

    /// Why the state at an entry is not what the entry records: an entry before it was erased, or else the index is damaged.
    func failure(ofStateOf environment: EnvironmentName, at seq: Seq) throws -> Failure {
        guard let erased = try self.seq(Embedded.erasedBefore, environment, seq) else {
            return .index("the state of '\(environment)' at \(seq) is not the one that was recorded")
        }
        guard let checkpoint = try self.seq(Embedded.nextCheckpoint, environment, erased) else {
            return .missingBody(of: environment, at: erased)
        }
        guard checkpoint > seq else {
            return .index("the state of '\(environment)' at \(seq) is not the one that was recorded")
        }
        return Failure(
            .notFound, "the state of '\(environment)' at \(seq) is unknown", why: "\(erased) was erased",
            remedy: .text("name \(checkpoint) or a later moment"))
    }

    /// The newest entry before another one whose state is known. The index must be verified before.
    func knownState(of environment: EnvironmentName, before seq: Seq) throws -> Seq? {
        try self.seq(Embedded.stateBefore, environment, seq)
    }

    /// Whether the state at an entry is known, by the index.
    func showsState(_ environment: EnvironmentName, at seq: Seq) throws -> Bool {
        try Bool.fetchOne(
            cachedStatement(sql: Embedded.showsState),
            arguments: ["environment": environment.rawValue, "seq": seq.rawValue]) ?? true
    }

    /// The releases that only a checkpoint shows, since entries before it were removed or erased, by that checkpoint. The index
    /// must be verified before.
    func repeatedReleases(of environment: EnvironmentName?) throws -> [ChainPosition: RecordedRelease] {
        var releases: [ChainPosition: RecordedRelease] = [:]
        for environment in try environment.map({ [$0] }) ?? environments() {
            let reader = try ReleaseReader(of: environment, in: self)
            for seq in try restarts(of: environment) {
                guard let release = try entry(of: environment, at: seq).releaseBefore() else { continue }
                let isKept = try keptEntry(of: environment, at: release.seq)?.bodyText != nil
                if try isKept && showsState(environment, at: release.seq) { continue }
                releases[ChainPosition(environment: environment, seq: seq)] = try reader.release(at: release.seq)
            }
        }
        return releases
    }

    /// The checkpoints before which the state is unknown. The index must be verified before.
    func restarts(of environment: EnvironmentName) throws -> [Seq] {
        try Int64.fetchAll(
            cachedStatement(sql: Embedded.restarts), arguments: ["environment": environment.rawValue]
        ).map(Seq.init(rawValue:))
    }

    /// The release that an entry books, or that the next checkpoint repeats because the entry was removed or erased.
    /// - Parameter entry: The entry; nil if it was removed.
    func booking(of environment: EnvironmentName, at seq: Seq, in entry: Entry?) throws -> RecordedRelease? {
        if let entry, entry.bodyText != nil {
            return entry.header.kind == .snapshot ? try SnapshotEntry(entry).release : nil
        }
        guard let checkpoint = try checkpoint(of: environment, after: seq) else {
            throw Failure.missingBody(of: environment, at: seq)
        }
        let release = try checkpoint.releaseBefore()
        return release?.seq == seq ? release : nil
    }

    /// The release of an entry, with what notes say of it; nil if it has none.
    func release(at position: ChainPosition) throws -> RecordedRelease? {
        try ReleaseReader(of: position.environment, in: self).release(at: position.seq)
    }

    /// The first checkpoint after an entry; nil if there is none.
    func checkpoint(of environment: EnvironmentName, after seq: Seq) throws -> Entry? {
        try self.seq(Embedded.nextCheckpoint, environment, seq).map { try entry(of: environment, at: $0) }
    }

    private func seq(_ sql: String, _ environment: EnvironmentName, _ seq: Seq) throws -> Seq? {
        try Int64.fetchOne(
            cachedStatement(sql: sql), arguments: ["environment": environment.rawValue, "seq": seq.rawValue]
        ).map(Seq.init(rawValue:))
    }
}
