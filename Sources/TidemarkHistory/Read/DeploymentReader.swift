import GRDB
import StrictJSON
import Tidemark

/// Reads a deployment from the log: the index finds the entries, and the entries have the facts.
struct DeploymentReader {
    let database: Database
    let images: ImageIndex
    let query: ImageQuery

    private var running: [Kind] { images.kinds(from: .running) }

    func deployment(at position: ChainPosition) throws -> Deployment {
        let (environment, seq) = (position.environment, position.seq)
        let snapshot = try database.snapshotEntry(at: position)
        let previous = try database.knownState(of: environment, before: seq)
        let latest = try LatestSnapshot(database.newestSnapshot(of: environment) ?? snapshot, in: database)
        let changes = try changes(
            from: previous.map { try database.images(of: running, in: environment, at: $0) } ?? [],
            to: database.images(of: running, in: environment, at: seq), latest: latest)
        let entryBefore = try database.keptEntry(of: environment, at: seq.previous) ?? snapshot.entry
        let replaced = try entryBefore.header.newestRelease.flatMap { try database.release(of: environment, at: $0) }
        let replacedBy = try String.fetchOne(
            database.cachedStatement(sql: Embedded.releaseAfter),
            arguments: ["environment": environment.rawValue, "seq": seq.rawValue])
        return Deployment(
            environment: environment, seq: seq, at: snapshot.at, entry: snapshot.entry.hash,
            release: snapshot.body.release, actor: snapshot.entry.header.actor, unsettled: snapshot.body.unsettled,
            failures: snapshot.body.failures,
            snapshotBefore: try previous.map { try database.time(of: environment, at: $0) },
            replaced: replaced?.release.label, replacedBy: replacedBy, images: changes,
            unseen: try database.coverage(of: environment, at: seq).unseen(running),
            runningState: try runningState(of: deployed(by: changes), since: position, latest: latest),
            isAtCheckpoint: snapshot.entry.header.kind == .checkpoint)
    }

    /// The repositories of the images that the query matches; if it matches the label alone, those that changed, or else all.
    private func changes(
        from before: [ImageReference], to after: [ImageReference], latest: LatestSnapshot
    ) throws -> [Deployment.ImageChange] {
        let all = try Set((before + after).map(\.repository)).sorted { $0.precedesByUTF8($1) }.map { repository in
            let after = after.filter { $0.repository == repository }
            return Deployment.ImageChange(
                repository: repository, before: before.filter { $0.repository == repository }, after: after,
                tags: try after.map { try status(of: $0, latest: latest) })
        }
        let matching = all.filter { change in change.after.contains(where: query.matches) }
        if !matching.isEmpty { return matching }
        let changed = all.filter(\.isChange)
        return changed.isEmpty ? all : changed
    }

    /// The images that the query matches; if it matches the label alone, those that did not run before.
    private func deployed(by changes: [Deployment.ImageChange]) -> [ImageReference] {
        let matching = changes.flatMap(\.after).filter(query.matches)
        if !matching.isEmpty { return matching }
        return changes.flatMap { change in change.after.filter { !change.before.contains($0) } }
    }

    /// The end of the time during which at least one of the images ran without interruption.
    private func runningState(
        of images: [ImageReference], since position: ChainPosition, latest: LatestSnapshot
    ) throws -> Deployment.RunningState {
        let stretches = try images.compactMap(ImageQuery.init).flatMap { image in
            try database.stretches(of: image, from: .running, in: position.environment)
        }.filter { images.contains($0.image) }
        guard var end = stretches.filter({ $0.contains(position.seq) }).map(\.end).max() else { return .unknown }
        while let further = stretches.filter({ $0.since <= end && $0.end > end }).map(\.end).max() { end = further }
        guard end < .endless else {
            return latest.coverage.unseen(running).map(Deployment.RunningState.unseen)
                ?? .runs(asOf: latest.entry.at, unsettled: latest.entry.body.unsettled)
        }
        return .ended(end, try database.time(of: position.environment, at: end))
    }

    /// The digest that the image's tag points at now, compared with the deployed one.
    private func status(of image: ImageReference, latest: LatestSnapshot) throws -> TagStatus {
        guard let tag = image.tag, let digest = image.digest else { return .unknown }
        let environment = latest.entry.entry.header.environment
        let stretches = try database.stretches(
            of: .tag(tag, repository: image.repository), from: .registry, in: environment
        ).filter { $0.image.repository.isIdenticalText(to: image.repository) }
        guard let newest = stretches.last else { return .unknown }
        if let gap = latest.coverage.gaps.over(FacetID(newest.resource, Snapshot.description)) {
            return .unseen(Unseen(gap), lastSeen: newest.until == nil ? newest.image.digest : nil)
        }
        if let until = newest.until { return .gone(until, try database.time(of: environment, at: until)) }
        guard let now = newest.image.digest else { return .unknown }
        if now.isIdenticalText(to: digest) { return .same }
        return .moved(to: now, newest.since, try database.time(of: environment, at: newest.since))
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
