import GRDB
import Tidemark

// Times of entries. An entry's effective time is the least of its own and those of all entries after it, so that one clock that was
// ahead changes no later time. The index has it; that it is right is checked against the entries that it rests on. A row that
// hides an earlier time among those of later entries is found by the verification of the index alone.
extension Database {
    /// The last entry of a chain whose effective time is not after a moment; nil if there is none.
    func last(of environment: EnvironmentName, notAfter time: Timestamp) throws -> Seq? {
        guard let last = try last(of: environment)?.header.seq else { return nil }
        let first = try first(of: environment).header.seq
        // Effective times never decrease.
        var (low, high) = (first.rawValue, last.rawValue + 1)
        while low < high {
            let middle = (low + high) / 2
            let effective = try times(of: environment, at: Seq(rawValue: middle)).effective
            if effective <= time { low = middle + 1 } else { high = middle }
        }
        let found = Seq(rawValue: low)
        let isBefore = try found > last || effectiveTime(of: entry(of: environment, at: found).header) > time
        guard isBefore else { throw Failure.times(environment) }
        guard found > first else { return nil }
        let header = try entry(of: environment, at: found.previous).header
        guard try effectiveTime(of: header) <= time else { throw Failure.times(environment) }
        return header.seq
    }

    /// The time of an entry, from the index, which must be verified before.
    func time(of environment: EnvironmentName, at seq: Seq) throws -> Timestamp {
        try times(of: environment, at: seq).at
    }

    /// An entry at which something begins or ends, from the index, which must be verified before. Only a checkpoint before which
    /// the state is unknown begins or ends anything.
    func datedEntry(of environment: EnvironmentName, at seq: Seq) throws -> DatedEntry {
        let (at, _, kind) = try times(of: environment, at: seq)
        return DatedEntry(seq: seq, at: at, isAtLatest: kind == .checkpoint)
    }

    /// The seconds by which an entry's time is ahead of a later one's; nil if it is less than one.
    func secondsAhead(of header: Header) throws -> Int64? {
        let ahead = try header.at.millisecondsSince1970 - effectiveTime(of: header).millisecondsSince1970
        return ahead >= 1000 ? ahead / 1000 : nil
    }

    /// An entry's effective time, if its own is that of the index, and a later entry has the time that is before it.
    private func effectiveTime(of header: Header) throws -> Timestamp {
        let (environment, seq) = (header.environment, header.seq)
        let (at, effective, _) = try times(of: environment, at: seq)
        guard at == header.at else { throw Failure.times(environment) }
        if effective == at { return at }
        let witness = try Int64.fetchOne(
            cachedStatement(sql: Embedded.entryDated),
            arguments: [
                "environment": environment.rawValue, "seq": seq.rawValue, "at": effective.millisecondsSince1970,
            ])
        guard let witness, try entry(of: environment, at: Seq(rawValue: witness)).header.at == effective, effective < at
        else { throw Failure.times(environment) }
        return effective
    }

    private func times(
        of environment: EnvironmentName, at seq: Seq
    ) throws -> (at: Timestamp, effective: Timestamp, kind: EntryKind) {
        let row = try Row.fetchOne(
            cachedStatement(sql: Embedded.timesOf),
            arguments: ["environment": environment.rawValue, "seq": seq.rawValue])
        guard let row else { throw Failure.times(environment) }
        return (
            Timestamp(millisecondsSince1970: row["at"]), Timestamp(millisecondsSince1970: row["effective"]),
            EntryKind(rawValue: row["kind"])
        )
    }
}

extension Failure {
    fileprivate static func times(_ environment: EnvironmentName) -> Failure {
        .index("the times of '\(environment)' are not those that were recorded")
    }
}
