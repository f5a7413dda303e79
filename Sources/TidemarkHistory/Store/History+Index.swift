import FoundationEssentials
import GRDB
import StrictJSON
import Tidemark

extension History {
    /// Empties the tables that are derived from the log, and fills them again.
    /// - Throws: `Failure` for a damaged log, and for a file that cannot be written.
    public func rebuildIndex() throws(Failure) {
        try writeInTransaction { try $0.rebuildIndex(images) }
    }
}

extension Database {
    func rebuildIndex(_ images: ImageIndex) throws {
        try execute(sql: Embedded.emptyIndex)
        let rows = try Row.fetchCursor(self, sql: Embedded.entries)
        while let row = try rows.next() {
            let entry = try row.entry()
            guard entry.header.kind == .snapshot else { continue }
            try index(entry.snapshotBody(), of: entry.header, images) { try $0.content.map(content) }
        }
    }

    /// Writes a snapshot into the tables that are derived from the log.
    /// - Parameter content: Reads the content of a change; called only if descriptions of the resource's kind name images.
    func index(
        _ body: SnapshotBody, of header: Header, _ images: ImageIndex,
        content: (SnapshotBody.Change) throws -> JSON?
    ) throws {
        let (environment, seq) = (header.environment, header.seq)
        for change in body.changes {
            let facet = try facetRow(change.facet, of: environment)
            try index(change, facet, at: seq)
            if change.facet.name == Snapshot.description, let images = images[change.facet.resource.kind],
                let content = try content(change)
            {
                try index(images.find(change.facet.resource.identity, content), from: images.vantage, facet, at: seq)
            }
        }
        for fingerprint in body.fingerprints { try index(fingerprint, of: environment, at: seq) }
        if let release = body.release { try index(release, of: environment, at: seq) }
    }

    private func index(_ change: SnapshotBody.Change, _ facet: Int64, at seq: Seq) throws {
        try cachedStatement(sql: Embedded.insertVersion).execute(
            arguments: ["facet": facet, "seq": seq.rawValue, "content": change.content?.hexadecimal])
    }

    private func index(
        _ images: [ImageReference], from vantage: ImagesDefinition.Vantage, _ facet: Int64, at seq: Seq
    ) throws {
        for (position, image) in images.enumerated() {
            try cachedStatement(sql: Embedded.insertImage).execute(
                arguments: [
                    "facet": facet, "seq": seq.rawValue, "position": position, "vantage": vantage.rawValue,
                    "repository": image.repository, "tag": image.tag, "digest": image.digest,
                ])
        }
    }

    private func index(_ fingerprint: Fingerprint, of environment: EnvironmentName, at seq: Seq) throws {
        let facet = try facetRow(fingerprint.location.facet, of: environment)
        try cachedStatement(sql: Embedded.insertFingerprint).execute(
            arguments: [
                "facet": facet, "path": fingerprint.location.path, "part": fingerprint.location.part,
                "seq": seq.rawValue,
                "key": fingerprint.value?.key, "code": fingerprint.value?.code,
            ])
    }

    private func index(_ release: Release, of environment: EnvironmentName, at seq: Seq) throws {
        try cachedStatement(sql: Embedded.insertRelease).execute(
            arguments: [
                "environment": environment.rawValue, "seq": seq.rawValue, "label": release.label,
                "claimed_by": release.by, "commit": release.commit, "url": release.url, "note": release.note,
            ])
    }

    /// The row of a facet, inserted if it does not exist yet.
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
