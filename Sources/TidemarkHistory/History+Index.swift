import FoundationEssentials
import GRDB
import StrictJSON
import Tidemark

extension History {
    /// Empties the derived tables and fills them again from the log.
    public func rebuildIndex() throws(Failure) {
        do {
            try database.writeWithoutTransaction { database in
                try database.inTransaction(.immediate) {
                    try database.rebuildIndex(images)
                    return .commit
                }
            }
        } catch {
            throw Failure(error, path: path)
        }
    }
}

extension Database {
    func rebuildIndex(_ images: ImageIndex) throws {
        try execute(sql: Embedded.emptyIndex)
        let rows = try Row.fetchCursor(self, sql: Embedded.entries)
        while let row = try rows.next() { try index(row.entry(), images) }
    }

    /// Writes what an entry says into the derived tables; an entry of another kind says nothing there.
    func index(_ entry: Entry, _ images: ImageIndex) throws {
        guard entry.header.kind == .snapshot else { return }
        let body = try entry.snapshotBody()
        let (environment, seq) = (entry.header.environment, entry.header.seq)
        for change in body.changes {
            let facet = try facetRow(change.facet, of: environment)
            try index(change, facet, at: seq)
            if change.facet.name == Snapshot.description, let hash = change.content,
                let images = images[change.facet.resource.kind]
            {
                try index(images, in: hash, of: change.facet.resource, facet, at: seq)
            }
        }
        for fingerprint in body.fingerprints { try index(fingerprint, of: environment, at: seq) }
        for (number, gap) in body.gaps.enumerated() { try index(gap, number, of: environment, at: seq) }
        if let release = body.release { try index(release, of: environment, at: seq) }
    }

    private func index(_ change: SnapshotBody.Change, _ facet: Int64, at seq: Seq) throws {
        try cachedStatement(sql: Embedded.insertVersion).execute(
            arguments: ["facet": facet, "seq": seq.rawValue, "content": change.content?.hexadecimal])
    }

    /// Writes which images a description names, if its content is there still.
    private func index(
        _ images: ImagesDefinition, in hash: ContentHash, of resource: ResourceID, _ facet: Int64, at seq: Seq
    ) throws {
        let content = try Data.fetchOne(
            cachedStatement(sql: Embedded.content), arguments: ["hash": hash.hexadecimal])
        guard let content else { return }
        for (position, image) in try images.find(resource.identity, JSON(parsing: content)).enumerated() {
            try cachedStatement(sql: Embedded.insertImage).execute(
                arguments: [
                    "facet": facet, "seq": seq.rawValue, "position": position, "vantage": images.vantage.rawValue,
                    "repository": image.repository, "tag": image.tag, "digest": image.digest,
                ])
        }
    }

    private func index(_ fingerprint: Fingerprint, of environment: EnvironmentName, at seq: Seq) throws {
        let facet = try facetRow(fingerprint.place.facet, of: environment)
        try cachedStatement(sql: Embedded.insertFingerprint).execute(
            arguments: [
                "facet": facet, "path": fingerprint.place.path, "part": fingerprint.place.part, "seq": seq.rawValue,
                "key": fingerprint.value?.key, "code": fingerprint.value?.code,
            ])
    }

    private func index(_ gap: Gap, _ number: Int, of environment: EnvironmentName, at seq: Seq) throws {
        try cachedStatement(sql: Embedded.insertCoverage).execute(
            arguments: [
                "environment": environment.rawValue, "seq": seq.rawValue, "gap": number,
                "service": gap.question.service, "operation": gap.question.operation,
                "parameters": JSON.object(gap.question.parameters).canonical, "outcome": gap.outcome.rawValue,
                "code": gap.code,
            ])
    }

    private func index(_ release: Release, of environment: EnvironmentName, at seq: Seq) throws {
        try cachedStatement(sql: Embedded.insertRelease).execute(
            arguments: [
                "environment": environment.rawValue, "seq": seq.rawValue, "label": release.label,
                "claimed_by": release.by, "commit": release.commit, "url": release.url, "note": release.note,
            ])
    }

    /// The row of a facet, made where there is none yet.
    private func facetRow(_ facet: FacetID, of environment: EnvironmentName) throws -> Int64 {
        let resource: StatementArguments = [
            "environment": environment.rawValue, "kind": facet.resource.kind.rawValue,
            "identity": facet.resource.identity,
        ]
        let named = resource &+ ["name": facet.name]
        if let id = try Int64.fetchOne(cachedStatement(sql: Embedded.facetId), arguments: named) { return id }
        try cachedStatement(sql: Embedded.insertResource).execute(arguments: resource)
        try cachedStatement(sql: Embedded.insertFacet).execute(arguments: named)
        return lastInsertedRowID
    }
}
