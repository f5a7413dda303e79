import GRDB
import StrictJSON
import Tidemark

extension History {
    /// The newest release at or before an entry; nil if none was recorded by then.
    /// - Throws: `Failure` for a damaged history.
    public func newestRelease(
        of environment: EnvironmentName, upTo seq: Seq
    ) throws(Failure) -> RecordedRelease? {
        try read { database in
            try database.verifyReleases(of: environment)
            return try database.newestRelease(of: environment, upTo: seq)
        }
    }
}

extension Database {
    func newestRelease(of environment: EnvironmentName, upTo seq: Seq) throws -> RecordedRelease? {
        let found = try Int64.fetchOne(
            cachedStatement(sql: Embedded.newestRelease),
            arguments: ["environment": environment.rawValue, "seq": seq.rawValue])
        return try found.flatMap { seq in
            try snapshotEntry(at: ChainPosition(environment: environment, seq: Seq(rawValue: seq))).release
        }
    }

    /// The entries that record a release of that label. A label that was altered in the index leads to another release's
    /// entry, which is left out.
    func releases(labelled label: String, in environment: EnvironmentName?) throws -> [ChainPosition] {
        let rows = try Row.fetchAll(
            cachedStatement(sql: Embedded.releasesByLabel),
            arguments: ["label": label, "environment": environment?.rawValue])
        return try rows.map { row in
            ChainPosition(environment: try EnvironmentName(row["environment"]), seq: Seq(rawValue: row["seq"]))
        }.filter { position in
            try snapshotEntry(at: position).body.release?.label.isIdenticalText(to: label) == true
        }
    }

    /// The entries of a stretch that record a release.
    func releases(within stretch: ImageStretch) throws -> [ChainPosition] {
        try Int64.fetchAll(
            cachedStatement(sql: Embedded.releasesBetween),
            arguments: [
                "environment": stretch.environment.rawValue, "since": stretch.since.rawValue,
                "until": stretch.until?.rawValue,
            ]
        ).map { ChainPosition(environment: stretch.environment, seq: Seq(rawValue: $0)) }
    }

    /// The labels of the newest releases, newest first.
    func releaseLabels(in environment: EnvironmentName?) throws -> [String] {
        try String.fetchAll(
            cachedStatement(sql: Embedded.releaseLabels), arguments: ["environment": environment?.rawValue])
    }
}

extension Failure {
    /// A label that no release has.
    static func noRelease(_ label: String, in environment: EnvironmentName?, newest labels: [String]) -> Failure {
        Failure(
            .notFound, "no release '\(label.printable)' of \(environment.map { "'\($0)'" } ?? "any environment")",
            why: labels.isEmpty
                ? "none was recorded" : "the newest are \(labels.map(\.printable).joined(separator: ", "))",
            remedy: labels.isEmpty ? .recordReleases : "name one that was recorded")
    }
}
