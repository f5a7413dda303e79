import GRDB
import StrictJSON
import Tidemark

extension History {
    /// The newest release at or before an entry, with what later notes say of it; nil if there is none.
    /// - Throws: `Failure` for a damaged history.
    public func newestRelease(
        of environment: EnvironmentName, upTo seq: Seq
    ) throws(Failure) -> RecordedRelease? {
        try read { try ReleaseReader(of: environment, in: $0).newest(upTo: seq) }
    }
}

extension Database {
    /// The entry that books the first release after an entry, be it erased or not; nil if there is none.
    func nextBooking(of environment: EnvironmentName, after seq: Seq) throws -> Seq? {
        guard let newest = try last(of: environment)?.header.newestRelease, newest > seq else { return nil }
        // The releases that entries name never decrease.
        var (low, high) = try (max(seq.next, first(of: environment).header.seq).rawValue, newest.rawValue)
        while low < high {
            let middle = (low + high) / 2
            let named = try entry(of: environment, at: Seq(rawValue: middle)).header.newestRelease
            if named.map({ $0 > seq }) ?? false { high = middle } else { low = middle + 1 }
        }
        return try entry(of: environment, at: Seq(rawValue: low)).header.newestRelease
    }

    /// The entries whose release was booked with a label, or has it by a note. A label that was altered in the index leads to
    /// another release's entry, which is left out.
    func releases(labelled label: String, in environment: EnvironmentName?) throws -> [ChainPosition] {
        let rows = try Row.fetchAll(
            cachedStatement(sql: Embedded.releasesByLabel),
            arguments: ["label": label, "environment": environment?.rawValue])
        return try rows.map { row in
            ChainPosition(environment: try EnvironmentName(row["environment"]), seq: Seq(rawValue: row["seq"]))
        }.filter { position in
            try release(at: position)?.isNamed(label) == true
        }
    }

    /// The entries that record a release, from one entry to before another.
    func releases(of environment: EnvironmentName, since: Seq, until: Seq?) throws -> [Seq] {
        try Int64.fetchAll(
            cachedStatement(sql: Embedded.releasesBetween),
            arguments: [
                "environment": environment.rawValue, "since": since.rawValue, "until": until?.rawValue,
            ]
        ).map(Seq.init(rawValue:))
    }

    /// The entries that record a release whose commit begins with a text.
    func releases(ofCommit text: String, in environment: EnvironmentName?) throws -> [Seq] {
        let rows = try Row.fetchAll(
            cachedStatement(sql: Embedded.releasesByCommit),
            arguments: ["text": text, "environment": environment?.rawValue])
        return try rows.map { row in
            ChainPosition(environment: try EnvironmentName(row["environment"]), seq: Seq(rawValue: row["seq"]))
        }.filter { try release(at: $0)?.release.commit?.lowercased().hasPrefix(text) == true }.map(\.seq)
    }

    /// The labels of the newest releases, newest first.
    func releaseLabels(in environment: EnvironmentName?) throws -> [String] {
        try String.fetchAll(
            cachedStatement(sql: Embedded.releaseLabels), arguments: ["environment": environment?.rawValue])
    }
}

extension Failure {
    /// A label that no release has.
    /// - Parameters:
    ///   - missing: The entries that were removed or erased.
    static func noRelease(
        _ label: String, in environment: EnvironmentName?, newest labels: [String], missing: [MissingEntries]
    ) -> Failure {
        let known =
            labels.isEmpty ? "none was recorded" : "the newest are \(labels.map(\.printable).joined(separator: ", "))"
        return Failure(
            .notFound, "no release '\(label.printable)' of \(environment.map { "'\($0)'" } ?? "any environment")",
            why: ((labels.isEmpty && !missing.isEmpty ? [] : [known]) + missing.map(\.description)).joined(
                separator: ", and "),
            remedy: labels.isEmpty ? .recordReleases : "name one that was recorded")
    }
}
