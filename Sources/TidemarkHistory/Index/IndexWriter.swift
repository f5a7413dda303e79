import GRDB
import HistoryFiles
import StrictJSON
import Tidemark

/// What an entry changes, with what the index keeps of the state after it.
struct IndexedChange {
    let body: SnapshotBody
    /// The hashes of the parts of the state.
    let parts: ChainState.Parts
    /// The entry that has the binding.
    let binding: Seq
    /// Whether the entry is a checkpoint before which the state is unknown.
    var isRestart = false
}

/// Writes the tables that are derived from the log of one environment.
struct IndexWriter {
    let database: Database
    /// The row of the environment.
    let environment: Int64
    let images: ImageIndex
    /// Reads the content of a change.
    let content: (SnapshotBody.Change) throws -> JSON?

    /// - Parameters:
    ///   - change: What the entry changes; nil if it shows no known state.
    ///   - running: What runs before the entry, and then after it; nil to read it from the index.
    func add(_ entry: Entry, _ change: IndexedChange?, _ running: inout DeploymentReplay?) throws {
        let header = entry.header
        let time: StatementArguments = [
            "environment": environment, "seq": header.seq.rawValue, "at": header.at.millisecondsSince1970,
        ]
        try database.run(
            Embedded.indexEntry,
            time &+ [
                "kind": header.kind.rawValue, "shows_state": change != nil,
                "changed": change?.body.changes.count ?? 0, "status": change?.body.statusText,
            ])
        try database.run(Embedded.lowerEffectiveTimes, time)
        if header.kind == .note, entry.bodyText != nil { try add(entry.noteBody(), at: header.seq) }
        guard let change else { return }
        // The index still has what ran before.
        var replay = try running ?? replay(before: header, change.body)
        try add(change, at: header.seq)
        try add(change, at: header.seq, to: &replay)
        if running != nil { running = replay }
    }

    private func add(_ indexed: IndexedChange, at seq: Seq) throws {
        let (body, parts) = (indexed.body, indexed.parts)
        if indexed.isRestart { try replaceGaps(by: nil, at: seq) }
        for change in body.changes { try add(change, at: seq, isRestart: indexed.isRestart) }
        for reading in body.readings { try add(reading, at: seq) }
        for fingerprint in body.fingerprints { try add(fingerprint, at: seq) }
        if let release = body.release { try add(release, at: seq) }
        try database.run(
            Embedded.insertParts,
            [
                "environment": environment, "seq": seq.rawValue, "root": parts.root.data,
                "readings": parts.readings.data, "fingerprints": parts.fingerprints.data,
            ])
        try addWalk(body, at: seq, binding: indexed.binding)
        if case .changed(let gaps) = body.gaps { try replaceGaps(by: gaps, at: seq) }
    }

    // MARK: Facets

    private func add(_ change: SnapshotBody.Change, at seq: Seq, isRestart: Bool) throws {
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
        let found = try content(change).map { definition.find(change.facet.resource.identity, $0) } ?? []
        let open = try Row.fetchAll(database.cachedStatement(sql: Embedded.openImages), arguments: ["facet": facet])
        // Nothing lasts across entries that are unknown.
        if !isRestart, open.map(\.image) == found { return }
        try database.run(Embedded.endImages, ["facet": facet, "until": seq.rawValue])
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
    private func row(of facet: FacetID) throws -> Int64 {
        let named: StatementArguments = ["resource": try row(of: facet.resource), "name": facet.name]
        return try database.row(Embedded.facetId, orInsert: Embedded.insertFacet, named)
    }

    private func row(of resource: ResourceID) throws -> Int64 {
        try database.row(
            Embedded.resourceId, orInsert: Embedded.insertResource,
            ["environment": environment, "kind": resource.kind.rawValue, "identity": resource.identity])
    }

    /// The row of a facet, which must be that at the head if the facet is there.
    func verifiedRow(of facet: FacetID) throws -> Int64 {
        let row = try row(of: facet)
        let current = try Int64.fetchOne(
            database.cachedStatement(sql: Embedded.currentFacet), arguments: names(of: facet))
        guard current == nil || current == row else {
            throw Failure.index("it has two rows for the facet '\(facet.name)' of \(facet.resource)")
        }
        return row
    }

    /// Sets a facet's content at the head.
    /// - Parameter row: The row of the facet.
    func setCurrent(_ facet: FacetID, _ row: Int64, at seq: Seq, to hash: ContentHash, _ text: String) throws {
        try database.run(
            Embedded.insertCurrent, names(of: facet) &+ ["facet": row, "seq": seq.rawValue, "hash": hash.data])
        try database.run(Embedded.insertCurrentText, ["facet": row, "text": text])
    }

    /// Removes a facet that is gone from those at the head.
    func removeCurrent(_ facet: FacetID, _ row: Int64) throws {
        try database.run(Embedded.deleteCurrent, names(of: facet))
        try database.run(Embedded.deleteCurrentText, ["facet": row])
    }

    private func names(of facet: FacetID) -> StatementArguments {
        [
            "environment": environment, "kind": facet.resource.kind.rawValue, "identity": facet.resource.identity,
            "name": facet.name,
        ]
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
        let current = names(of: FacetID(reading.place.resource, reading.place.name))
        if let value = reading.value {
            try database.run(Embedded.insertCurrentReading, current &+ ["value": value.canonical])
        } else {
            try database.run(Embedded.deleteCurrentReading, current)
        }
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
        let location = fingerprint.location
        let current = names(of: location.facet) &+ ["path": location.path, "part": location.part]
        if let value = fingerprint.value {
            try database.run(Embedded.insertCurrentFingerprint, current &+ ["key": value.key, "code": value.code])
        } else {
            try database.run(Embedded.deleteCurrentFingerprint, current)
        }
    }

    private func add(_ release: Release, at seq: Seq) throws {
        try database.run(
            Embedded.insertRelease,
            [
                "environment": environment, "seq": seq.rawValue, "label": release.label, "claimed_by": release.by,
                "commit": release.commit, "url": release.url, "note": release.note,
                "ticket": release.ticket, "pr": release.pullRequest,
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
