import GRDB
import StrictJSON
import Tidemark

extension History {
    /// The snapshot at a moment, whole: what it saw, and the rest as last seen.
    /// - Parameter other: A snapshot of this history to compare it with: contents that it has too are not decoded again.
    /// - Throws: `Failure` with the code `notFound` if there is no snapshot by then, `invalid` for a label that was released more
    ///   than once, and `history` for a damaged history.
    public func snapshot(
        of environment: EnvironmentName, at moment: Moment, beside other: Snapshot? = nil
    ) throws(Failure) -> Snapshot {
        try read { database in
            guard let seq = try database.seq(of: moment, in: environment),
                let snapshot = try database.snapshot(of: environment, at: seq, beside: other)
            else {
                throw Failure(
                    .notFound, "no snapshot of '\(environment)' at '\(moment)'",
                    why: try database.removed(from: environment),
                    remedy: .readNewest)
            }
            return snapshot
        }
    }

    /// The entry of the first snapshot of a replay.
    /// - Parameter moment: The snapshot at this moment; nil, or a time before the first snapshot, for the first.
    /// - Throws: `Failure` with the code `notFound` if there is no such snapshot, and otherwise as
    ///   `snapshot(of:at:)`.
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
}

extension Database {
    /// The entry at a moment; nil if the chain has none by then.
    fileprivate func seq(of moment: Moment, in environment: EnvironmentName) throws -> Seq? {
        switch moment {
        case .latest(let back): return try snapshot(back, before: nil, in: environment)
        case .seq(let seq):
            guard let last = try last(of: environment), seq <= last.header.seq else { return nil }
            return seq
        case .release(let label, let back):
            let release = try onlyRelease(label, in: environment)
            return try snapshot(back, before: entryWithState(of: release, in: environment), in: environment)
        case .time(let time): return try last(of: environment, notAfter: time)
        }
    }

    /// The snapshot `back` snapshots before another one, or before the newest.
    private func snapshot(_ back: Int, before start: Seq?, in environment: EnvironmentName) throws -> Seq? {
        var found = try newestSnapshot(of: environment, upTo: start)
        for _ in 0..<back {
            guard let newer = found else { return nil }
            found = try newestSnapshot(of: environment, upTo: newer.seq.previous)
        }
        return found?.seq
    }

    /// The entry with the state at a release: its own, or the checkpoint just after it if its own was removed or erased.
    private func entryWithState(of release: Seq, in environment: EnvironmentName) throws -> Seq {
        guard try keptEntry(of: environment, at: release)?.bodyText == nil,
            let last = try last(of: environment), release < last.header.seq
        else { return release }
        let next = try keptEntry(of: environment, at: release.next)
        return next?.header.kind == .checkpoint ? release.next : release
    }

    private func onlyRelease(_ label: String, in environment: EnvironmentName) throws -> Seq {
        let all = try ReleaseReader(of: environment, in: self).all()
        let named = all.filter { $0.label.isIdenticalText(to: label) }
        // A label that a note has corrected leads to its release, unless another one has it.
        let releases = named.isEmpty ? all.filter { $0.isNamed(label) } : named
        let missing = try missingEntries(of: environment)
        guard let first = releases.first else {
            let failure = Failure.noRelease(
                label, in: environment, newest: newestLabels(of: all), missing: missing)
            guard label.resemblesTime else { throw failure }
            let why = label.beginsWithMissingDay ? "there is no such day; " : ""
            throw Failure(
                failure.code, failure.what, why: why + (failure.why ?? ""),
                remedy: "if a time is meant, write it as 2026-11-23T20:40:00Z")
        }
        guard releases.count == 1 else {
            let candidates = releases.map { "\($0.seq) (\($0.at.readable))" }.joined(separator: ", ")
            throw Failure(
                .invalid, "'\(label.printable)' was released \(releases.count) times",
                why: (["at \(candidates)"] + missing.map(\.description)).joined(separator: "; "),
                remedy: "choose one by its number, such as '\(first.seq)'")
        }
        return first.seq
    }
}

/// The labels of the ten newest releases, each once, newest first.
private func newestLabels(of releases: [RecordedRelease]) -> [String] {
    let labels = releases.reversed().map(\.label)
    return Array(labels.enumerated().filter { !labels[..<$0].contains($1) }.map(\.element).prefix(10))
}

extension String {
    /// Whether a label begins like a day that does not exist: `2025-02-30`.
    fileprivate var beginsWithMissingDay: Bool {
        prefixMatch(of: /[0-9]{4}-[0-9]{2}-[0-9]{2}(?![0-9])/).map { Day(String($0.output)) == nil } ?? false
    }

    /// Whether a label looks like a time that no release is named after: `2026-13-45`, `12h`, `yesterday`.
    fileprivate var resemblesTime: Bool {
        wholeMatch(
            of:
                #/(?i)[0-9]{2,4}[\-\/.:][0-9]{1,2}[\-\/.:].*|[0-9]{1,2}:[0-9]{2}|[0-9]+ ?[smhdw]|.* ago|now|today|yesterday/#
        )
            != nil
    }
}
