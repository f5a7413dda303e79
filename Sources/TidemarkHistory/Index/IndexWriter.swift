import GRDB
import StrictJSON
import Tidemark

/// Writes the tables that are derived from the log of one environment.
struct IndexWriter {
    let database: Database
    /// The row of the environment.
    let environment: Int64
    let images: ImageIndex
    /// Reads the content of a change.
    let content: (SnapshotBody.Change) throws -> JSON?

    /// - Parameter change: What the entry changes; nil if it shows no known state.
    func add(_ header: Header, _ change: SnapshotBody?) throws {
        let time: StatementArguments = [
            "environment": environment, "seq": header.seq.rawValue, "at": header.at.millisecondsSince1970,
        ]
        try database.run(
            Embedded.indexEntry,
            time &+ [
                "kind": header.kind.rawValue, "shows_state": change != nil, "changed": change?.changes.count ?? 0,
                "status": change?.statusText,
            ])
        try database.run(Embedded.lowerEffectiveTimes, time)
    }

    /// - Parameters:
    ///   - parts: The hashes of the parts of the state at the snapshot.
    ///   - binding: The entry that has the binding.
    func add(_ body: SnapshotBody, at seq: Seq, _ parts: ChainState.Parts, binding: Seq) throws {
        for change in body.changes { try add(change, at: seq) }
        for reading in body.readings { try add(reading, at: seq) }
        for fingerprint in body.fingerprints { try add(fingerprint, at: seq) }
        if let release = body.release { try add(release, at: seq) }
        try database.run(
            Embedded.insertParts,
            [
                "environment": environment, "seq": seq.rawValue, "root": parts.root.data,
                "readings": parts.readings.data, "fingerprints": parts.fingerprints.data,
            ])
        try addWalk(body, at: seq, binding: binding)
        if case .changed(let gaps) = body.gaps { try replaceGaps(by: gaps, at: seq) }
    }

    // MARK: Facets

    private func add(_ change: SnapshotBody.Change, at seq: Seq) throws {
        let facet = try row(of: change.facet)
        try database.run(
            Embedded.insertVersion,
            [
                "facet": facet, "seq": seq.rawValue, "environment": environment,
                "content": try change.content.map(contentRow),
            ])
        guard change.facet.name == Snapshot.description, let definition = images[change.facet.resource.kind] else {
            return
        }
        try database.run(Embedded.endImages, ["facet": facet, "until": seq.rawValue])
        let found = try content(change).map { definition.find(change.facet.resource.identity, $0) } ?? []
        for (position, image) in found.enumerated() {
            try database.run(
                Embedded.insertImage,
                [
                    "facet": facet, "seq": seq.rawValue, "position": position, "environment": environment,
                    "vantage": definition.vantage.rawValue, "repository": image.repository, "tag": image.tag,
                    "digest": image.digest,
                ])
        }
    }

    private func contentRow(_ hash: ContentHash) throws -> Int64 {
        guard let id = try database.contentID(hash) else {
            throw Failure.damaged("content \(hash.abbreviated) is damaged", why: "it does not exist")
        }
        return id
    }

    /// The row of a facet, inserted if it does not exist yet.
    func row(of facet: FacetID) throws -> Int64 {
        let named: StatementArguments = ["resource": try row(of: facet.resource), "name": facet.name]
        return try database.row(Embedded.facetId, orInsert: Embedded.insertFacet, named)
    }

    private func row(of resource: ResourceID) throws -> Int64 {
        try database.row(
            Embedded.resourceId, orInsert: Embedded.insertResource,
            ["environment": environment, "kind": resource.kind.rawValue, "identity": resource.identity])
    }

    // MARK: Other parts

    private func add(_ reading: SnapshotBody.ReadingChange, at seq: Seq) throws {
        let named: StatementArguments = ["resource": try row(of: reading.place.resource), "name": reading.place.name]
        let place = try database.row(Embedded.readingPlaceId, orInsert: Embedded.insertReadingPlace, named)
        try database.run(
            Embedded.insertReading,
            [
                "place": place, "seq": seq.rawValue, "environment": environment,
                "value": reading.value?.canonical,
            ])
    }

    private func add(_ fingerprint: Fingerprint, at seq: Seq) throws {
        let named: StatementArguments = [
            "facet": try row(of: fingerprint.location.facet), "path": fingerprint.location.path,
            "part": fingerprint.location.part,
        ]
        let place = try database.row(Embedded.fingerprintPlaceId, orInsert: Embedded.insertFingerprintPlace, named)
        try database.run(
            Embedded.insertFingerprint,
            [
                "place": place, "seq": seq.rawValue, "environment": environment, "key": fingerprint.value?.key,
                "code": fingerprint.value?.code,
            ])
    }

    private func add(_ release: Release, at seq: Seq) throws {
        try database.run(
            Embedded.insertRelease,
            [
                "environment": environment, "seq": seq.rawValue, "label": release.label, "claimed_by": release.by,
                "commit": release.commit, "url": release.url, "note": release.note,
            ])
    }

    private func addWalk(_ body: SnapshotBody, at seq: Seq, binding: Seq) throws {
        let before = try Row.fetchOne(
            database.cachedStatement(sql: Embedded.newestWalk), arguments: ["environment": environment]
        ).map(RecordedWalk.init)
        var walk = before ?? RecordedWalk()
        walk.apply(body, binding: binding)
        guard walk != before else { return }
        try database.run(
            Embedded.insertWalk,
            [
                "environment": environment, "seq": seq.rawValue, "binding": walk.binding.rawValue,
                "questions": walk.questions.map { try contentRow($0.hash) }, "asked": walk.questions?.count ?? 0,
                "gaps": walk.gaps.map(contentRow), "decoders": walk.decodersText, "key": walk.keyID,
            ])
    }

    private func replaceGaps(by hash: ContentHash?, at seq: Seq) throws {
        let texts = try hash.map { try database.content($0).array ?? [] }?.map(\.canonical) ?? []
        let rows = try Row.fetchAll(
            database.cachedStatement(sql: Embedded.openGaps), arguments: ["environment": environment])
        var open = OpenGaps(
            rows.map { OpenGaps.Gap(since: Seq(rawValue: $0["since"]), position: $0["position"], text: $0["gap"]) })
        let (ended, begun) = open.replace(by: texts, at: seq)
        for gap in ended { try database.run(Embedded.endGap, arguments(of: gap) &+ ["until": seq.rawValue]) }
        for gap in begun { try database.run(Embedded.insertGap, arguments(of: gap) &+ ["gap": gap.text]) }
    }

    private func arguments(of gap: OpenGaps.Gap) -> StatementArguments {
        ["environment": environment, "since": gap.since.rawValue, "position": gap.position]
    }
}

extension Database {
    /// Runs a statement.
    func run(_ sql: String, _ arguments: StatementArguments) throws {
        try cachedStatement(sql: sql).execute(arguments: arguments)
    }

    /// The row that a query finds, inserted if there is none.
    func row(_ query: String, orInsert insert: String, _ arguments: StatementArguments) throws -> Int64 {
        if let id = try Int64.fetchOne(cachedStatement(sql: query), arguments: arguments) { return id }
        try run(insert, arguments)
        return lastInsertedRowID
    }
}

extension SnapshotBody {
    /// Why the environment was unsettled and its deployment failed, in JSON; nil if neither is so.
    var statusText: String? {
        if unsettled.isEmpty, failures.isEmpty { return nil }
        return JSON.array([.array(unsettled.map(\.json)), .array(failures.map(\.json))]).canonical
    }
}
