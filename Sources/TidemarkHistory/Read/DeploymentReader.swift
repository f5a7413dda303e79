import GRDB
import StrictJSON
import Tidemark

/// Reads the deployments of one environment: the index finds the entries, and the entries have the facts.
struct DeploymentReader {
    /// A deployment of the index, and the ones before and after it.
    typealias Row = DeploymentReplay.Deployment

    /// The images of a deployment that a question is about.
    enum Selection {
        /// The images that it changed, or all if it changed none.
        case changed
        case matching((ImageReference) -> Bool)
    }

    let database: Database
    let images: ImageIndex
    let environment: EnvironmentName
    /// The newest snapshot.
    let latest: LatestSnapshot
    let presence: ImagePresence
    private let tags: TagComparison
    private let releases: ReleaseReader
    /// The releases that only a checkpoint shows, by that checkpoint.
    private let repeated: [Seq: RecordedRelease]

    private var running: [Kind] { images.kinds(from: .running) }

    /// - Returns: Nil for an environment without a snapshot.
    init?(of environment: EnvironmentName, in database: Database, _ images: ImageIndex) throws {
        guard let newest = try database.newestSnapshot(of: environment) else { return nil }
        (self.database, self.images, self.environment) = (database, images, environment)
        latest = try LatestSnapshot(newest, in: database)
        releases = try ReleaseReader(of: environment, in: database)
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

    /// What a deployment changed.
    func change(of row: Row) throws -> RunningChange {
        try database.change(of: row, in: environment, images)
    }

    /// A deployment with its releases.
    func deployment(_ row: Row, _ selection: Selection = .changed) throws -> Deployment {
        let snapshot = try database.snapshotEntry(at: ChainPosition(environment: environment, seq: row.seq))
        let change = try change(of: row)
        let next = try self.row(after: row.seq)
        let header = snapshot.entry.header
        // Where other images ran after the release, those at the checkpoint are not the release's.
        let isOfRelease = repeated[row.seq].map { $0.seq >= header.newestRun ?? .first } ?? true
        return Deployment(
            environment: environment, kind: row.after == nil ? .firstState : .change, seq: row.seq, at: snapshot.seenAt,
            entry: snapshot.entry.hash, actor: header.actor, unsettled: snapshot.body.unsettled,
            after: try row.after.map(bracket), change: change,
            images: isOfRelease ? try deployed(change, at: row.seq, selection) : [],
            bookings: try bookings(of: row, until: next),
            outcome: try outcome(of: row, at: snapshot.seenAt, before: change.before, next: next),
            unseen: try database.coverage(of: environment, at: row.seq).unseen(running),
            checkpoint: header.kind == .checkpoint ? row.seq : nil)
    }

    /// What only unsettled snapshots show so far; nil if the newest one is settled, or shows no other images and no release.
    func underWay(_ selection: Selection = .changed) throws -> Deployment? {
        guard !latest.entry.body.unsettled.isEmpty else { return nil }
        let seq = latest.entry.seq
        let settled = try database.settledSnapshot(of: environment, before: seq)
        let before = try settled.flatMap { try row(at: $0) }.map { try database.resolved($0.set, in: environment) }
        let set = try database.deploymentReplay(of: environment, before: seq.next, images, further: []).running
        let bookings = try bookings(after: settled, until: nil)
        guard !bookings.isEmpty || before.map(set.isDeployment) ?? true else { return nil }
        let change = RunningChange(from: before, to: set)
        let header = latest.entry.entry.header
        return Deployment(
            environment: environment, kind: .underWay, seq: seq, at: latest.entry.seenAt,
            entry: latest.entry.entry.hash, actor: header.actor, unsettled: latest.entry.body.unsettled,
            after: try settled.map(bracket), change: change, images: try deployed(change, at: seq, selection),
            bookings: bookings,
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

    private func outcome(
        of row: Row, at time: Timestamp, before: RunningSet?, next: Row?
    ) throws -> Deployment.Succession {
        guard let next else { return .current }
        let entry = try database.datedEntry(of: environment, at: next.seq)
        let isBack =
            try before.map { try !database.resolved(next.set, in: environment).isDeployment(after: $0) } ?? false
        let milliseconds = entry.at.millisecondsSince1970 - time.millisecondsSince1970
        return isBack && milliseconds <= Self.day ? .rolledBack(entry) : .replaced(entry)
    }

    // MARK: Bookings

    private func bookings(of row: Row, until next: Row?) throws -> [BookedRelease] {
        let after = try row.after ?? database.settledSnapshot(of: environment, before: row.seq)
        return try bookings(repeatedAt: row.seq) + bookings(after: after, until: next?.after)
    }

    private func bookings(repeatedAt seq: Seq) throws -> [BookedRelease] {
        guard let release = repeated[seq] else { return [] }
        let checkpoint = try database.snapshotEntry(at: ChainPosition(environment: environment, seq: seq))
        // A checkpoint has what is known of the snapshot before it alone.
        let isOfBody = release.seq.next == seq
        return [
            BookedRelease(
                release,
                entry: try database.keptEntry(of: environment, at: release.seq)?.hash ?? checkpoint.entry.hash,
                unsettled: isOfBody ? checkpoint.body.unsettled : [],
                failures: isOfBody ? checkpoint.body.failures : [])
        ]
    }

    /// The releases after one settled snapshot and up to another.
    private func bookings(after: Seq?, until: Seq?) throws -> [BookedRelease] {
        let stretch = (since: after?.next ?? .first, until: until?.next)
        return try database.releases(of: environment, since: stretch.since, until: stretch.until).compactMap { seq in
            let position = ChainPosition(environment: environment, seq: seq)
            guard let release = try releases.release(at: seq) else { return nil }
            let snapshot = try database.snapshotEntry(at: position)
            return BookedRelease(
                release, entry: snapshot.entry.hash, unsettled: snapshot.body.unsettled,
                failures: snapshot.body.failures)
        }
    }

    // MARK: Images

    /// Each image that runs at the newest snapshot, with the deployment that brought it.
    func current() throws -> [CurrentEnvironment.Image] {
        let seq = latest.entry.seq
        let set = try database.deploymentReplay(of: environment, before: seq.next, images, further: []).running
        return try deployed(RunningChange(from: nil, to: set), at: seq, .changed).map { image in
            let running = RunningImage(container: "", image: image.change.image, config: image.change.config)
            let start = try presence.start(of: running, at: seq)
            let row = try start == .first ? row(at: start) : row(after: start.previous)
            return CurrentEnvironment.Image(image: image, broughtBy: try row.map { try deployment($0) })
        }
    }

    private func deployed(
        _ change: RunningChange, at seq: Seq, _ selection: Selection
    ) throws -> [DeployedImage] {
        let selected: [ImageChange]
        switch selection {
        case .matching(let matches): selected = change.images.filter { matches($0.image) }
        case .changed: selected = change.changedImages.isEmpty ? change.images : change.changedImages
        }
        return try selected.map { image in
            let running = RunningImage(container: "", image: image.image, config: image.config)
            return DeployedImage(
                image, state: try presence.state(of: running, since: seq),
                tag: try tags.status(of: running, platform: change.running.platform))
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
