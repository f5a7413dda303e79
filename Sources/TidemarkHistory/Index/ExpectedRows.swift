import StrictJSON
import Tidemark

/// Digests of the rows that the index of an environment must have, derived from its entries in order.
///
/// It keeps what is at the end of the chain, and two numbers for each entry.
struct ExpectedRows {
    private let images: ImageIndex
    private let content: (ContentHash) throws -> JSON
    private var digests: [IndexTable: RowsDigest] = [:]
    private var entries: [(seq: Seq, kind: EntryKind, at: Int64, showsState: Bool, changed: Int, status: String?)] = []
    private var current: [FacetID: (since: Seq, content: ContentHash)] = [:]
    private var openImages: [FacetID: (since: Seq, images: [ImageReference])] = [:]
    private var openGaps = OpenGaps()
    private var walk: RecordedWalk?
    private var parts: ChainState.Parts?
    private var running: DeploymentReplay
    private(set) var replay = ChainReplay()

    /// - Parameter content: Reads a content that the log names.
    init(images: ImageIndex, content: @escaping (ContentHash) throws -> JSON) {
        self.images = images
        self.content = content
        running = DeploymentReplay(images: images)
    }

    /// Adds the rows of the next entry of the chain.
    /// - Returns: What it changes; nil if it shows no known state.
    mutating func add(_ entry: Entry) throws -> SnapshotBody? {
        let (header, change) = (entry.header, try replay.add(entry))
        entries.append(
            (
                header.seq, header.kind, header.at.millisecondsSince1970, change != nil, change?.changes.count ?? 0,
                change?.statusText
            ))
        if let change { try add(change, at: header.seq) }
        if header.kind == .note, entry.bodyText != nil { add(try entry.noteBody(), at: header.seq) }
        return change
    }

    private mutating func add(_ body: SnapshotBody, at seq: Seq) throws {
        for change in body.changes { try add(change, at: seq) }
        for reading in body.readings {
            add(.reading, reading.place.resource, reading.place.name, .seq(seq), .text(reading.value?.canonical))
        }
        for fingerprint in body.fingerprints {
            let (location, value) = (fingerprint.location, fingerprint.value)
            add(
                .fingerprint, location.facet.resource, location.facet.name, .text(location.path), .text(location.part),
                .seq(seq), .text(value?.key), .text(value?.code))
        }
        if let release = body.release {
            add(
                .release, .seq(seq), .text(release.label), .text(release.by), .text(release.commit),
                .text(release.url), .text(release.note), .text(release.ticket), .text(release.pullRequest))
        }
        addParts(at: seq)
        addWalk(body, at: seq)
        try addRunning(body, at: seq)
        if replay.isRestarted { try replaceGaps(by: nil, at: seq) }
        if case .changed(let gaps) = body.gaps { try replaceGaps(by: gaps, at: seq) }
    }

    private mutating func add(_ change: SnapshotBody.Change, at seq: Seq) throws {
        let facet = change.facet
        add(.version, facet.resource, facet.name, .seq(seq), .hash(change.content))
        current[facet] = change.content.map { (seq, $0) }
        guard facet.name == Snapshot.description, let definition = images[facet.resource.kind] else { return }
        let images = try change.content.map { definition.find(facet.resource.identity, try content($0)) } ?? []
        if !replay.isRestarted, openImages[facet]?.images ?? [] == images { return }
        endImages(of: facet, until: seq)
        openImages[facet] = (seq, images)
    }

    private mutating func addRunning(_ body: SnapshotBody, at seq: Seq) throws {
        for change in body.changes where images.isOfRunningSet(change.facet) {
            running.set(change.facet, to: try change.content.map(content))
        }
        let rows = running.end(at: seq, isSettled: body.unsettled.isEmpty, isRestart: replay.isRestarted)
        for config in rows.configs {
            add(
                .config, .text(config.digest), .text(config.platform), .text(config.config), .text(config.revision),
                .seq(seq))
        }
        guard let deployment = rows.deployment else { return }
        add(
            .deployment, .seq(seq), .seq(deployment.after), .text(deployment.set.version),
            .text(deployment.set.platform))
    }

    private mutating func endImages(of facet: FacetID, until: Seq?) {
        guard let open = openImages[facet], let vantage = images[facet.resource.kind]?.vantage else { return }
        for (position, image) in open.images.enumerated() {
            add(
                .image, facet.resource, facet.name, .seq(open.since), .integer(Int64(position)), .seq(until),
                .text(vantage.rawValue), .text(image.repository), .text(image.tag), .text(image.digest))
        }
    }

    private mutating func addParts(at seq: Seq) {
        let new = replay.parts
        let isNew = parts.map {
            $0.root != new.root || $0.readings != new.readings || $0.fingerprints != new.fingerprints
        }
        guard isNew ?? true else { return }
        parts = new
        add(.parts, .seq(seq), .hash(new.root), .hash(new.readings), .hash(new.fingerprints))
    }

    private mutating func addWalk(_ body: SnapshotBody, at seq: Seq) {
        var new = walk ?? RecordedWalk()
        new.apply(body, binding: replay.binding)
        guard new != walk else { return }
        walk = new
        add(
            .walk, .seq(seq), .seq(new.binding), .hash(new.questions?.hash),
            .integer(Int64(new.questions?.count ?? 0)), .hash(new.gaps), .text(new.decodersText), .text(new.keyID))
    }

    private mutating func replaceGaps(by hash: ContentHash?, at seq: Seq) throws {
        let texts = try hash.map(content)?.array?.map(\.canonical) ?? []
        for gap in openGaps.replace(by: texts, at: seq).ended { add(gap, until: seq) }
    }

    private mutating func add(_ gap: OpenGaps.Gap, until: Seq?) {
        add(.gap, .seq(gap.since), .integer(Int64(gap.position)), .seq(until), .text(gap.text))
    }

    /// The digests after the last entry.
    func atEnd() -> [IndexTable: RowsDigest] {
        var rows = self
        for (facet, version) in current {
            rows.add(.current, facet.resource, facet.name, .seq(version.since), .hash(version.content))
        }
        for (place, value) in replay.state.readings {
            rows.add(
                .currentReading, .text(place.resource.kind.rawValue), .text(place.resource.identity),
                .text(place.name), .text(value.canonical))
        }
        for (location, value) in replay.state.fingerprints {
            let resource = location.facet.resource
            rows.add(
                .currentFingerprint, .text(resource.kind.rawValue), .text(resource.identity),
                .text(location.facet.name), .text(location.path), .text(location.part), .text(value.key),
                .text(value.code))
        }
        for facet in openImages.keys { rows.endImages(of: facet, until: nil) }
        for gap in openGaps.gaps { rows.add(gap, until: nil) }
        var effective = Int64.max
        for entry in entries.reversed() {
            effective = min(effective, entry.at)
            rows.add(
                .entry, .seq(entry.seq), .text(entry.kind.rawValue), .integer(entry.at), .integer(effective),
                .integer(entry.showsState ? 1 : 0), .integer(Int64(entry.changed)), .text(entry.status))
        }
        return rows.digests
    }

    // MARK: Rows

    mutating func add(_ table: IndexTable, _ values: RowHash.Value...) {
        add(table, values)
    }

    /// Adds a row that belongs to a resource, and so to the resource's environment.
    private mutating func add(_ table: IndexTable, _ resource: ResourceID, _ name: String, _ values: RowHash.Value...) {
        add(table, [.text(resource.kind.rawValue), .text(resource.identity), .text(name)] + values)
    }

    private mutating func add(_ table: IndexTable, _ values: [RowHash.Value]) {
        var row = RowHash()
        for value in values { row.combine(value) }
        digests[table, default: RowsDigest()].add(row)
    }
}

extension RowHash.Value {
    fileprivate static func seq(_ seq: Seq?) -> RowHash.Value { .integer(seq?.rawValue) }
}
