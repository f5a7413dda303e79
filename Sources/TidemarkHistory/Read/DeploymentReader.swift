import GRDB
import StrictJSON
import Tidemark

/// Reads a deployment from the log: the index finds the entries, and the entries have the facts.
struct DeploymentReader {
    let database: Database
    let images: ImageIndex
    let query: ImageQuery
    /// The releases that only a checkpoint shows, by that checkpoint.
    let repeated: [ChainPosition: RecordedRelease]

    private let newestTags = NewestTags()
    private let releases = ReleaseReaders()

    private var running: [Kind] { images.kinds(from: .running) }

    /// The deployment at an entry; at a checkpoint, that of the release that it repeats, if the images began to run with it.
    func deployment(at position: ChainPosition) throws -> Deployment {
        let snapshot = try database.snapshotEntry(at: position)
        let release = repeated[position]
        return try deployment(of: release?.seq == snapshot.entry.header.newestRun ? release : nil, at: snapshot)
    }

    /// The deployment of a release that a checkpoint repeats.
    func release(repeatedAt position: ChainPosition) throws -> Deployment {
        try deployment(of: repeated[position], at: database.snapshotEntry(at: position))
    }

    private func deployment(of repeated: RecordedRelease?, at snapshot: SnapshotEntry) throws -> Deployment {
        let header = snapshot.entry.header
        let (environment, seq) = (header.environment, repeated?.seq ?? header.seq)
        let latest = try LatestSnapshot(database.newestSnapshot(of: environment) ?? snapshot, in: database)
        let previous = try database.knownState(of: environment, before: seq)
        // If other images ran after the release, those at the checkpoint are not the release's.
        let areImagesKnown = repeated.map { $0.seq >= header.newestRun ?? .first } ?? true
        let changes = try areImagesKnown ? changes(at: snapshot, after: previous, repeated, latest: latest) : []
        let before = try database.keptEntry(of: environment, at: seq.previous)?.header
        // A checkpoint has what is known of the snapshot before it alone.
        let isOfBody = repeated.map { $0.seq.next == header.seq } ?? true
        return Deployment(
            environment: environment, seq: seq, at: repeated?.at ?? header.at,
            entry: try database.keptEntry(of: environment, at: seq)?.hash ?? snapshot.entry.hash,
            release: repeated?.release ?? snapshot.body.release, actor: repeated.map(\.actor) ?? header.actor,
            unsettled: isOfBody ? snapshot.body.unsettled : [], failures: isOfBody ? snapshot.body.failures : [],
            snapshotBefore: try previous.map { before in
                try database.snapshotEntry(at: ChainPosition(environment: environment, seq: before)).seenAt
            },
            replaced: try (before ?? (repeated == nil ? header : nil)).map {
                try neighbour(
                    at: releases.reader(of: environment, in: database).newest(at: $0), in: environment)
            } ?? .unknown,
            replacedBy: try neighbour(
                at: releases.reader(of: environment, in: database).next(after: seq), in: environment),
            images: changes,
            unseen: try areImagesKnown ? database.coverage(of: environment, at: header.seq).unseen(running) : nil,
            runningState: try runningState(
                of: deployed(by: changes), since: ChainPosition(environment: environment, seq: header.seq),
                latest: latest),
            checkpoint: header.kind == .checkpoint ? header.seq : nil)
    }

    private func neighbour(at seq: Seq?, in environment: EnvironmentName) throws -> Deployment.Neighbour {
        guard let seq else { return .absent }
        return try releases.reader(of: environment, in: database).release(at: seq).map { .label($0.label) } ?? .unknown
    }

    private func changes(
        at snapshot: SnapshotEntry, after previous: Seq?, _ repeated: RecordedRelease?, latest: LatestSnapshot
    ) throws -> [Deployment.ImageChange] {
        let header = snapshot.entry.header
        let after = try database.images(of: running, in: header.environment, at: header.seq)
        if let repeated, let run = header.newestRun, run < repeated.seq {
            return try changes(from: after, to: after, latest: latest)
        }
        let before = try previous.map { try database.images(of: running, in: header.environment, at: $0) }
        return try changes(from: before ?? [], to: after, latest: latest)
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
                ?? .runs(asOf: latest.entry.seenAt, unsettled: latest.entry.body.unsettled)
        }
        return .ended(try database.datedEntry(of: position.environment, at: end))
    }

    /// The digest that the image's tag points at now, compared with the deployed one.
    private func status(of image: ImageReference, latest: LatestSnapshot) throws -> TagStatus {
        guard let tag = image.tag, let digest = image.digest else { return .unknown }
        let environment = latest.entry.entry.header.environment
        let newest = try newestTags.stretch(environment, image.repository, tag) {
            try database.stretches(
                of: .tag(tag, repository: image.repository), from: .registry, in: environment
            ).last { $0.image.repository.isIdenticalText(to: image.repository) }
        }
        guard let newest else { return .unknown }
        if let gap = latest.coverage.gaps.over(FacetID(newest.resource, Snapshot.description)) {
            return .unseen(Unseen(gap), lastSeen: newest.until == nil ? newest.image.digest : nil)
        }
        if let until = newest.until { return .gone(try database.datedEntry(of: environment, at: until)) }
        guard let now = newest.image.digest else { return .unknown }
        if now.isIdenticalText(to: digest) { return .same }
        return .moved(to: now, try database.datedEntry(of: environment, at: newest.since))
    }
}

/// The readers of releases, one for each environment.
private final class ReleaseReaders {
    private var readers: [EnvironmentName: ReleaseReader] = [:]

    func reader(of environment: EnvironmentName, in database: Database) throws -> ReleaseReader {
        if let known = readers[environment] { return known }
        let reader = try ReleaseReader(of: environment, in: database)
        readers[environment] = reader
        return reader
    }
}

/// What each tag points at in the registry since when: many deployments have the same tag.
private final class NewestTags {
    private struct Tag: Hashable {
        let environment: EnvironmentName
        let repository: String
        let name: String
    }

    private var stretches: [Tag: ImageStretch?] = [:]

    func stretch(
        _ environment: EnvironmentName, _ repository: String, _ name: String, read: () throws -> ImageStretch?
    ) throws -> ImageStretch? {
        let tag = Tag(environment: environment, repository: repository, name: name)
        if let known = stretches[tag] { return known }
        let stretch = try read()
        stretches.updateValue(stretch, forKey: tag)
        return stretch
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
