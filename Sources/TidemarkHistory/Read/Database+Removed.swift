import GRDB
import Tidemark

// Entries that were removed, and bodies that were erased.
extension Database {
    /// Says which entries of a chain were removed; nil if it is whole.
    func removed(from environment: EnvironmentName) throws -> String? {
        let first = try first(of: environment).header.seq
        return first > .first ? "the entries before \(first) were removed" : nil
    }

    /// Says which entries of an environment, or of all, were removed or erased; nil if none was.
    func missing(from environment: EnvironmentName?) throws -> String? {
        for environment in try environment.map({ [$0] }) ?? environments() {
            let erased = try seq(Embedded.erasedBefore, environment, .endless)
            let missing = try removed(from: environment) ?? erased.map { "entries up to \($0) were erased" }
            if let missing { return missing }
        }
        return nil
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

    /// The release that an entry records, or that the next checkpoint repeats because the entry was removed or erased.
    func release(of environment: EnvironmentName, at seq: Seq) throws -> RecordedRelease? {
        if let entry = try keptEntry(of: environment, at: seq), entry.bodyText != nil {
            return try SnapshotEntry(entry).release
        }
        guard let checkpoint = try self.seq(Embedded.nextCheckpoint, environment, seq) else {
            throw Failure.missingBody(of: environment, at: seq)
        }
        let release = try entry(of: environment, at: checkpoint).releaseBefore()
        return release?.seq == seq ? release : nil
    }

    private func seq(_ sql: String, _ environment: EnvironmentName, _ seq: Seq) throws -> Seq? {
        try Int64.fetchOne(
            cachedStatement(sql: sql), arguments: ["environment": environment.rawValue, "seq": seq.rawValue]
        ).map(Seq.init(rawValue:))
    }
}
