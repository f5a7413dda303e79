import FoundationEssentials
import GRDB
import StrictJSON
import Tidemark

/// Holds the index against the log, before an answer relies on it.
///
/// A wrong bit in the log shows in its hashes, and one in a state in its root. The other tables of the index, and SQLite's
/// own indexes, have no hash: there, what is found is compared with what the entries say, so that a damaged file gives no
/// wrong answer.
extension Database {
    /// Holds everything against the log: for answers that are put together from many entries, and from what is *not* found.
    ///
    /// Reads the whole log once.
    /// - Throws: `Failure`, or a `DatabaseError` with the code `SQLITE_CORRUPT`.
    func verifyIndex(_ images: ImageIndex) throws {
        let verdict = try String.fetchAll(self, sql: "PRAGMA integrity_check(1)")
        guard verdict == ["ok"] else {
            // SQLite puts the name of the database on a line of its own before some of its findings.
            throw DatabaseError(
                resultCode: .SQLITE_CORRUPT, message: verdict.first?.split(separator: "\n").last.map(String.init))
        }
        guard try Schema.isWhole(self) else {
            throw Failure.damaged("the history is damaged", why: "its tables and views are not those of its version")
        }
        for environment in try environments() {
            try holdChain(of: environment)
            try verify("versions", of: environment, Embedded.versionsDiffer)
            try holdReleases(of: environment)
            try holdImages(of: environment, images)
        }
    }

    func holdReleases(of environment: EnvironmentName) throws {
        try verify("releases", of: environment, Embedded.releasesDiffer)
    }

    func holdFingerprints(of environment: EnvironmentName) throws {
        try verify("fingerprints", of: environment, Embedded.fingerprintsDiffer)
    }

    func verify(_ what: String, of environment: EnvironmentName, _ differences: String) throws {
        let difference = try Row.fetchOne(
            cachedStatement(sql: differences), arguments: ["environment": environment.rawValue])
        if let difference { throw Failure.index(of: what, of: environment, differsAt: difference["seq"]) }
    }

    /// Holds every entry against its hash and against the one before, as `Entry` does, without reading what it says.
    func holdChain(of environment: EnvironmentName) throws {
        let rows = try Row.fetchCursor(
            cachedStatement(sql: Embedded.chain), arguments: ["environment": environment.rawValue])
        var (last, seq) = (String?.none, Seq.first)
        while let row = try rows.next() {
            let (header, body): (String, String) = (row["header"], row["body"])
            guard ContentHash(of: header.utf8).hexadecimal == row["hash"],
                ContentHash(of: body.utf8).hexadecimal == row["body_hash"]
            else {
                _ = try row.entry()
                throw Failure.brokenChain(of: environment, at: seq)
            }
            guard row["seq"] == seq.rawValue, last == row["previous"] else {
                throw Failure.brokenChain(of: environment, at: seq)
            }
            (last, seq) = (row["hash"], seq.next)
        }
    }

    // MARK: Images

    /// A row of the index of images.
    private struct ImageRow: Hashable {
        let facet: Int64
        let seq: Int64
        let position: Int
        let vantage: String
        let image: ImageReference
    }

    /// Holds the images of the index against the descriptions that name them.
    private func holdImages(of environment: EnvironmentName, _ images: ImageIndex) throws {
        var named: Set<ImageRow> = []
        let rows = try Row.fetchCursor(
            cachedStatement(sql: Embedded.descriptions),
            arguments: [
                "environment": environment.rawValue, "kinds": JSON(images.kinds.map(\.rawValue)).canonical,
            ])
        while let row = try rows.next() {
            guard let definition = images[Kind(rawValue: row["kind"])] else { continue }
            let found = definition.find(row["identity"], try row.content())
            for (position, image) in found.enumerated() {
                named.insert(
                    ImageRow(
                        facet: row["facet"], seq: row["seq"], position: position, vantage: definition.vantage.rawValue,
                        image: image))
            }
        }
        let indexed = try Row.fetchAll(
            cachedStatement(sql: Embedded.images), arguments: ["environment": environment.rawValue]
        ).map { row in
            ImageRow(
                facet: row["facet"], seq: row["seq"], position: row["position"], vantage: row["vantage"],
                image: row.image)
        }
        if let difference = named.symmetricDifference(indexed).map(\.seq).min() {
            throw Failure.index(of: "images", of: environment, differsAt: difference)
        }
    }
}

extension Failure {
    fileprivate static func index(
        of what: String, of environment: EnvironmentName, differsAt seq: Int64
    ) -> Failure {
        Failure.damaged(
            "the index of the history is damaged",
            why: "its \(what) of '\(environment)' at @\(seq) are not those that were recorded")
    }

    static func brokenChain(of environment: EnvironmentName, at seq: Seq) -> Failure {
        Failure.damaged(
            "the chain of '\(environment)' is broken",
            why: "entry \(seq) is not there, or does not follow the one before it")
    }
}
