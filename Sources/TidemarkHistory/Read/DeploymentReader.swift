import GRDB
import StrictJSON
import Tidemark

/// Reads the deployments of one environment: the index finds the entries, and the entries have the facts.
struct DeploymentReader {
    /// A deployment of the index, and the ones before and after it.
    typealias Row = DeploymentReplay.Deployment

    /// The images of a deployment that a question is about.
    enum Selection {
        /// Those that it changed, or all if it changed none.
        case changed
        case matching((RunningImage) -> Bool)
    }

    let database: Database
    let images: ImageIndex
    let environment: EnvironmentName
    /// The newest snapshot.
    let latest: LatestSnapshot
    let presence: ImagePresence
    private let tags: TagComparison
    /// The releases that only a checkpoint shows, by that checkpoint.
    private let repeated: [Seq: RecordedRelease]

    private var running: [Kind] { images.kinds(from: .running) }

    /// - Returns: Nil for an environment without a snapshot.
    init?(of environment: EnvironmentName, in database: Database, _ images: ImageIndex) throws {
        guard let newest = try database.newestSnapshot(of: environment) else { return nil }
        (self.database, self.images, self.environment) = (database, images, environment)
        latest = try LatestSnapshot(newest, in: database)
        tags = TagComparison(database: database, latest: latest)
        presence = ImagePresence(database: database, latest: latest, containers: images.kinds(from: .running))
        repeated = try Dictionary(
            database.repeatedReleases(of: environment).map { ($0.key.seq, $0.value) }, uniquingKeysWith: { $1 })
    }

    /// The milliseconds of a day: what was deployed and replaced by its predecessor within it was rolled back.
    private static let day: Int64 = 24 * 3600 * 1000

    // MARK: Rows

    /// The deployment that is in place at a settled snapshot.
    func row(at seq: Seq) throws -> Row? { try database.deployment(of: environment, upTo: seq, images) }

    /// The first deployment after an entry.
    func row(after seq: Seq) throws -> Row? { try database.deployment(of: environment, after: seq, images) }

    /// The deployment that a release at an entry books; nil if only unsettled snapshots show it.
    func row(ofReleaseAt seq: Seq) throws -> Row? {
        try database.settledSnapshot(of: environment, from: seq).flatMap { try row(at: $0) }
    }

    /// The newest deployments, newest first.
    func rows(limit: Int?) throws -> [Row] {
        var (rows, before) = ([Row](), Seq.endless)
        while rows.count < limit ?? .max, let row = try row(at: before) {
            rows.append(row)
            guard row.seq > .first else { break }
            before = row.seq.previous
        }
        return rows
    }

    // MARK: Deployments

    /// A deployment with its releases.
    func deployment(_ row: Row, _ selection: Selection = .changed) throws -> Deployment {
        let snapshot = try database.snapshotEntry(at: ChainPosition(environment: environment, seq: row.seq))
        let before = try row.after == nil ? nil : self.row(at: row.seq.previous).map { try resolved($0.set) }
        let set = try resolved(row.set)
        let next = try self.row(after: row.seq)
        let header = snapshot.entry.header
        // Where other images ran after the release, those at the checkpoint are not the release's.
        let isOfRelease = repeated[row.seq].map { $0.seq >= header.newestRun ?? .first } ?? true
        return Deployment(
            environment: environment, kind: row.after == nil ? .firstState : .change, seq: row.seq, at: snapshot.seenAt,
            entry: snapshot.entry.hash, actor: header.actor, unsettled: snapshot.body.unsettled,
            after: try row.after.map(bracket), before: before, running: set,
            images: isOfRelease ? try deployed(set, after: before, at: row.seq, selection) : [],
            bookings: try bookings(of: row, until: next),
            outcome: try outcome(of: row, at: snapshot.seenAt, before: before, next: next),
            unseen: try database.coverage(of: environment, at: row.seq).unseen(running),
            checkpoint: header.kind == .checkpoint ? row.seq : nil)
    }

    /// What only unsettled snapshots show so far; nil if the newest one is settled, or shows no other images and no release.
    func underWay(_ selection: Selection = .changed) throws -> Deployment? {
        guard !latest.entry.body.unsettled.isEmpty else { return nil }
        let seq = latest.entry.seq
        let settled = try database.settledSnapshot(of: environment, before: seq)
        let before = try settled.flatMap { try row(at: $0) }.map { try resolved($0.set) }
        let set = try database.deploymentReplay(of: environment, before: seq.next, images, further: []).running
        let bookings = try bookings(after: settled, until: nil)
        guard !bookings.isEmpty || before.map(set.isDeployment) ?? true else { return nil }
        let header = latest.entry.entry.header
        return Deployment(
            environment: environment, kind: .underWay, seq: seq, at: latest.entry.seenAt,
            entry: latest.entry.entry.hash, actor: header.actor, unsettled: latest.entry.body.unsettled,
            after: try settled.map(bracket), before: before, running: set,
            images: try deployed(set, after: before, at: seq, selection), bookings: bookings,
            unseen: latest.coverage.unseen(running))
    }

    /// The settled snapshot at or before an entry that saw all containers: a deployment took place after it.
    private func bracket(_ settled: Seq) throws -> DatedEntry {
        var seq = settled
        while try database.coverage(of: environment, at: seq).unseen(running) != nil,
            let earlier = try database.settledSnapshot(of: environment, before: seq)
        {
            seq = earlier
        }
        let entry = try database.snapshotEntry(at: ChainPosition(environment: environment, seq: seq))
        return DatedEntry(seq: seq, at: entry.seenAt)
    }

    private func outcome(of row: Row, at time: Timestamp, before: RunningSet?, next: Row?) throws -> Deployment.Outcome
    {
        guard let next else { return .current }
        let entry = try database.datedEntry(of: environment, at: next.seq)
        let isBack = try before.map { try !resolved(next.set).isDeployment(after: $0) } ?? false
        let milliseconds = entry.at.millisecondsSince1970 - time.millisecondsSince1970
        return isBack && milliseconds <= Self.day ? .rolledBack(entry) : .replaced(entry)
    }

    // MARK: Bookings

    private func bookings(of row: Row, until next: Row?) throws -> [Booking] {
        let after = try row.after ?? database.settledSnapshot(of: environment, before: row.seq)
        return try bookings(repeatedAt: row.seq) + bookings(after: after, until: next?.after)
    }

    private func bookings(repeatedAt seq: Seq) throws -> [Booking] {
        guard let release = repeated[seq] else { return [] }
        let checkpoint = try database.snapshotEntry(at: ChainPosition(environment: environment, seq: seq))
        // A checkpoint has what is known of the snapshot before it alone.
        let isOfBody = release.seq.next == seq
        return [
            Booking(
                release,
                entry: try database.keptEntry(of: environment, at: release.seq)?.hash ?? checkpoint.entry.hash,
                unsettled: isOfBody ? checkpoint.body.unsettled : [],
                failures: isOfBody ? checkpoint.body.failures : [])
        ]
    }

    /// The releases after one settled snapshot and up to another.
    private func bookings(after: Seq?, until: Seq?) throws -> [Booking] {
        let stretch = (since: after?.next ?? .first, until: until?.next)
        return try database.releases(of: environment, since: stretch.since, until: stretch.until).compactMap { seq in
            let position = ChainPosition(environment: environment, seq: seq)
            guard let release = try database.release(of: environment, at: seq) else { return nil }
            let snapshot = try database.snapshotEntry(at: position)
            return Booking(
                release, entry: snapshot.entry.hash, unsettled: snapshot.body.unsettled,
                failures: snapshot.body.failures)
        }
    }

    // MARK: Images

    private func resolved(_ set: RunningSet) throws -> RunningSet {
        var manifests = ManifestIndex()
        manifests.add(try database.configs(of: Set(set.images.compactMap(\.image.digest)), in: environment))
        return set.resolved(by: manifests)
    }

    /// Each image that runs at the newest snapshot, with the deployment that brought it.
    func current() throws -> [CurrentEnvironment.Image] {
        let seq = latest.entry.seq
        let set = try database.deploymentReplay(of: environment, before: seq.next, images, further: []).running
        return try deployed(set, after: nil, at: seq, .changed).map { image in
            let running = RunningImage(container: "", image: image.image, config: image.config)
            let start = try presence.start(of: running, at: seq)
            let row = try start == .first ? row(at: start) : row(after: start.previous)
            return CurrentEnvironment.Image(image: image, broughtBy: try row.map { try deployment($0) })
        }
    }

    private func deployed(
        _ set: RunningSet, after before: RunningSet?, at seq: Seq, _ selection: Selection
    ) throws -> [DeployedImage] {
        let groups = Dictionary(grouping: set.images) { $0.group }.values.sorted { $0[0].image.name < $1[0].image.name }
        let found = groups.map { ($0, ImageComparison(of: $0, before: before)) }
        let selected: [([RunningImage], ImageComparison)]
        switch selection {
        case .matching(let matches): selected = found.filter { $0.0.contains(where: matches) }
        case .changed:
            let changed = found.filter { $0.1.isAsBefore != true }
            selected = changed.isEmpty ? found : changed
        }
        return try selected.map { group, comparison in
            DeployedImage(
                image: group[0].image, config: group[0].config, containers: group.map(\.container).sorted(),
                before: comparison.images, isAsBefore: comparison.isAsBefore,
                state: try presence.state(of: group[0], since: seq),
                tag: try tags.status(of: group[0], platform: set.platform))
        }
    }
}

extension RunningImage {
    /// What the containers of a deployment that run one image have in common.
    fileprivate var group: [String?] { [image.repository, image.tag, config ?? image.digest] }
}

/// The images that some containers ran before.
private struct ImageComparison {
    let images: [ImageReference]
    let isAsBefore: Bool?

    init(of group: [RunningImage], before: RunningSet?) {
        guard let before = before?.byContainer else { (images, isAsBefore) = ([], nil); return }
        let same = group.map { image -> Bool? in
            let comparisons = (before[image.container] ?? []).map { $0.isSameImage(as: image) }
            return comparisons.contains(true) ? true : comparisons.contains(nil) ? nil : false
        }
        isAsBefore = same.contains(false) ? false : same.contains(nil) ? nil : true
        images =
            isAsBefore == true
            ? []
            : group.flatMap { before[$0.container] ?? [] }.map(\.image).reduce(into: []) { found, image in
                if !found.contains(image) { found.append(image) }
            }
    }
}

/// The newest snapshot, and what it could see.
struct LatestSnapshot {
    let entry: SnapshotEntry
    let coverage: SnapshotCoverage

    init(_ entry: SnapshotEntry, in database: Database) throws {
        self.entry = entry
        coverage = try database.coverage(of: entry.entry.header.environment, at: entry.seq)
    }
}
