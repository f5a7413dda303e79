import GRDB
import StrictJSON
import Tidemark

extension History {
    /// The newest release at or before a place in the chain.
    public func newestRelease(
        of environment: EnvironmentName, upTo seq: Seq
    ) throws(Failure) -> RecordedRelease? {
        try read { database in
            try database.holdReleases(of: environment)
            return try database.newestRelease(of: environment, upTo: seq)
        }
    }

    /// Where a label was released in an environment, oldest first.
    func releases(labelled label: String, in environment: EnvironmentName) throws(Failure) -> [Entry] {
        try read { database in
            try database.holdReleases(of: environment)
            return try database.releases(labelled: label, in: environment)
                .map { try database.entry(of: $0.environment, at: $0.seq) }
                .sorted { $0.header.seq < $1.header.seq }
        }
    }

    /// That there is no such release, and which there are.
    public func noRelease(_ label: String, in environment: EnvironmentName? = nil) throws(Failure) -> Failure {
        let labels = try read { database in
            try String.fetchAll(
                database.cachedStatement(sql: Embedded.releaseLabels),
                arguments: ["environment": environment?.rawValue])
        }
        return Failure(
            .notFound, "no release '\(label.printable)' of \(environment.map { "'\($0)'" } ?? "any environment")",
            why: labels.isEmpty
                ? "none was recorded" : "the newest are \(labels.map(\.printable).joined(separator: ", "))",
            remedy: labels.isEmpty ? "record deploys with 'record --release'" : "name one that was recorded")
    }
}

extension Database {
    func newestRelease(of environment: EnvironmentName, upTo seq: Seq) throws -> RecordedRelease? {
        let found = try Int64.fetchOne(
            cachedStatement(sql: Embedded.newestRelease),
            arguments: ["environment": environment.rawValue, "seq": seq.rawValue])
        guard let found else { return nil }
        let entry = try entry(of: environment, at: Seq(rawValue: found))
        return try entry.snapshotBody().release.map {
            RecordedRelease(seq: entry.header.seq, at: entry.header.at, release: $0, actor: entry.header.actor)
        }
    }

    /// Where a label was released; one that was altered in the index leads to another release's entry, and is left out.
    func releases(labelled label: String, in environment: EnvironmentName?) throws -> [ChainPosition] {
        let rows = try Row.fetchAll(
            cachedStatement(sql: Embedded.releasesByLabel),
            arguments: ["label": label, "environment": environment?.rawValue])
        return try rows.map { row in
            ChainPosition(environment: try EnvironmentName(row["environment"]), seq: Seq(rawValue: row["seq"]))
        }.filter { place in
            let body = try entry(of: place.environment, at: place.seq).snapshotBody()
            return body.release?.label.isIdenticalText(to: label) == true
        }
    }

    func releases(within stretch: ImageStretch) throws -> [ChainPosition] {
        try Int64.fetchAll(
            cachedStatement(sql: Embedded.releasesBetween),
            arguments: [
                "environment": stretch.environment.rawValue, "since": stretch.since.rawValue,
                "until": stretch.until?.rawValue,
            ]
        ).map { ChainPosition(environment: stretch.environment, seq: Seq(rawValue: $0)) }
    }
}
