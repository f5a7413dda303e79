import GRDB
import StrictJSON
import Tidemark

extension History {
    /// The snapshot at or before a place in the chain, whole: what it saw, and the rest as last seen.
    public func snapshot(of environment: EnvironmentName, at seq: Seq) throws(Failure) -> Snapshot? {
        try read { try $0.snapshot(of: environment, at: seq) }
    }

    /// The snapshot that is meant by a moment.
    /// - Throws: `Failure` where there is none by then, or a label names more than one.
    public func snapshot(of environment: EnvironmentName, at moment: Moment) throws(Failure) -> Snapshot {
        let seq = try seq(of: moment, in: environment)
        guard let snapshot = try snapshot(of: environment, at: seq) else { throw Self.nothing(at: moment, environment) }
        return snapshot
    }

    /// The entry from which a replay starts: the snapshot at a moment, or the first one.
    /// - Parameter moment: A time before the first snapshot means the first.
    /// - Throws: `Failure` where there is no snapshot, or the history is damaged.
    public func firstSnapshot(
        of environment: EnvironmentName, since moment: Moment? = nil
    ) throws(Failure) -> Seq {
        if let moment {
            do {
                return try snapshot(of: environment, at: moment).seq
            } catch {
                guard case .time = moment, error.code == .notFound else { throw error }
            }
        }
        let first = try read { try $0.firstSnapshot(of: environment) }
        guard let first else {
            throw Failure(
                .notFound, "no snapshot of '\(environment)' in '\(path)'", remedy: "record one first")
        }
        return first
    }

    private func seq(of moment: Moment, in environment: EnvironmentName) throws(Failure) -> Seq {
        switch moment {
        case .latest(let back): return try step(back, from: nil, in: environment, moment)
        case .seq(let seq):
            guard let last = try read({ try $0.last(of: environment) }), seq <= last.header.seq else {
                throw Self.nothing(at: moment, environment)
            }
            return seq
        case .release(let label, let back):
            return try step(back, from: try release(label, in: environment, moment), in: environment, moment)
        case .time(let time):
            guard let seq = try read({ try $0.last(of: environment, notAfter: time) }) else {
                throw Self.nothing(at: moment, environment)
            }
            return seq
        }
    }

    /// The snapshot that stands `back` snapshots before the one at `start`, or before the newest.
    private func step(
        _ back: Int, from start: Seq?, in environment: EnvironmentName, _ moment: Moment
    ) throws(Failure) -> Seq {
        let found = try read { database -> Seq? in
            var seq = start ?? Seq(rawValue: .max)
            for remaining in stride(from: back, through: 0, by: -1) {
                guard let entry = try database.newestSnapshot(of: environment, upTo: seq) else { return nil }
                if remaining == 0 { return entry.header.seq }
                seq = Seq(rawValue: entry.header.seq.rawValue - 1)
            }
            return nil
        }
        guard let found else { throw Self.nothing(at: moment, environment) }
        return found
    }

    private func release(
        _ label: String, in environment: EnvironmentName, _ moment: Moment
    ) throws(Failure) -> Seq {
        let releases = try releases(labelled: label, in: environment)
        guard let only = releases.first else { throw try noRelease(label, in: environment) }
        guard releases.count == 1 else {
            let candidates = releases.map { "\($0.header.seq) (\($0.header.at.readable))" }.joined(separator: ", ")
            throw Failure(
                .invalid, "'\(label.printable)' was released \(releases.count) times", why: "at \(candidates)",
                remedy: "choose one by its number, such as '\(only.header.seq)'")
        }
        return only.header.seq
    }

    private static func nothing(at moment: Moment, _ environment: EnvironmentName) -> Failure {
        Failure(
            .notFound, "no snapshot of '\(environment)' at '\(moment)'",
            remedy: "'tidemark show --at latest' names the newest one")
    }
}

extension Database {
    /// The last entry, by its place in the chain, whose time is not after a moment: a clock that was ahead hides none of the
    /// entries that follow.
    ///
    /// Reads backwards from the newest entry and verifies each header against the hash in the one after it.
    fileprivate func last(of environment: EnvironmentName, notAfter time: Timestamp) throws -> Seq? {
        guard let last = try last(of: environment) else { return nil }
        let rows = try Row.fetchCursor(
            cachedStatement(sql: Embedded.headersBack), arguments: ["environment": environment.rawValue])
        var (hash, seq) = (Optional(last.hash), last.header.seq)
        while let row = try rows.next() {
            let text: String = row["header"]
            guard ContentHash(of: text.utf8) == hash else { throw Failure.brokenChain(of: environment, at: seq) }
            let header = try Header(parsing: text)
            if header.at <= time { return header.seq }
            (hash, seq) = (header.previous, Seq(rawValue: header.seq.rawValue - 1))
        }
        guard hash == nil else { throw Failure.brokenChain(of: environment, at: seq) }
        return nil
    }
}
