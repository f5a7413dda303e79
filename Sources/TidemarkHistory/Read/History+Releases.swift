import GRDB
import StrictJSON
import Tidemark

extension History {
    /// The newest release at or before an entry; nil if none was recorded by then.
    /// - Throws: `Failure` for a damaged history.
    public func newestRelease(
        of environment: EnvironmentName, upTo seq: Seq
    ) throws(Failure) -> RecordedRelease? {
        try read { try $0.newestRelease(of: environment, upTo: seq) }
    }
}

extension Database {
    func newestRelease(of environment: EnvironmentName, upTo seq: Seq) throws -> RecordedRelease? {
        guard let last = try last(of: environment) else { return nil }
        let entry = try seq < last.header.seq ? self.entry(of: environment, at: seq) : last
        return try entry.header.newestRelease.flatMap { try release(of: environment, at: $0) }
    }

    /// Every release of an environment, oldest first, but for those that were removed or erased.
    ///
    /// Each entry names the newest one with a release: none can be missing from the list.
    func releases(of environment: EnvironmentName) throws -> [SnapshotEntry] {
        var releases: [SnapshotEntry] = []
        var newest = try last(of: environment)?.header.newestRelease
        while let seq = newest {
            guard let release = try keptEntry(of: environment, at: seq) else { break }
            if release.bodyText != nil { releases.append(try SnapshotEntry(release)) }
            newest = seq == .first ? nil : try entry(of: environment, at: seq.previous).header.newestRelease
            guard newest.map({ $0 < seq }) ?? true else { throw Failure.brokenChain(of: environment, at: seq) }
        }
        return releases.reversed()
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

    /// What to name instead of a text that is neither a label nor an image: a digest in its own form, or the release of a
    /// commit. Nil if the text is nothing of these.
    func nearestName(to text: String, in environment: EnvironmentName?) throws -> Remedy? {
        if let mark = text.firstRange(of: "@sha256:") {
            return .text("name the digest alone: sha256:\(String(text[mark.upperBound...]).printable)")
        }
        guard text.count >= Self.shortestCommit, text.allSatisfy(\.isHexDigit) else { return nil }
        if let digest = try? ImageQuery("sha256:\(text)") {
            let isKnown = try [ImagesDefinition.Vantage.running, .registry].contains { vantage in
                try !stretches(of: digest, from: vantage, in: environment).isEmpty
            }
            if isKnown { return .text("for the digest, name sha256:\(text)") }
        }
        let rows = try Row.fetchAll(
            cachedStatement(sql: Embedded.releasesByCommit),
            arguments: ["text": text, "environment": environment?.rawValue])
        for row in rows {
            let position = ChainPosition(
                environment: try EnvironmentName(row["environment"]), seq: Seq(rawValue: row["seq"]))
            guard let release = try snapshotEntry(at: position).body.release, release.commit?.hasPrefix(text) == true
            else { continue }
            return .text("it is the commit of release '\(release.label.printable)': name that")
        }
        return nil
    }

    /// The shortest beginning of a commit that Git prints.
    private static let shortestCommit = 7

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
    ///   - remedy: What to name; nil for one of the newest.
    static func noRelease(
        _ label: String, in environment: EnvironmentName?, newest labels: [String], missing: String?,
        remedy: Remedy? = nil
    ) -> Failure {
        let known =
            labels.isEmpty ? "none was recorded" : "the newest are \(labels.map(\.printable).joined(separator: ", "))"
        return Failure(
            .notFound, "no release '\(label.printable)' of \(environment.map { "'\($0)'" } ?? "any environment")",
            why: [labels.isEmpty && missing != nil ? nil : known, missing].compactMap { $0 }.joined(
                separator: ", and "),
            remedy: remedy ?? (labels.isEmpty ? .recordReleases : "name one that was recorded"))
    }
}
