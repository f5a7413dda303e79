import GRDB
import StrictJSON
import Tidemark

/// Puts together what the log knows of a deployment: the index finds, and the entries themselves say.
struct DeploymentReader {
    let database: Database
    let images: ImageIndex
    let query: ImageQuery
    let label: String

    private var running: [Kind] { images.kinds(from: .running) }
    private var registry: [Kind] { images.kinds(from: .registry) }

    func deployment(at place: ChainPosition) throws -> Deployment {
        let entry = try database.entry(of: place.environment, at: place.seq)
        let body = try entry.snapshotBody()
        let (before, previous) = try imagesBefore(place)
        let after = try database.images(of: running, in: place.environment, at: place.seq)
        let labels = try Row.fetchOne(
            database.cachedStatement(sql: Embedded.releasesAround),
            arguments: ["environment": place.environment.rawValue, "seq": place.seq.rawValue])
        let latest = try database.newestSnapshot(of: place.environment, upTo: Seq(rawValue: .max)) ?? entry
        let changes = try changes(from: before, to: after, latest: latest)
        return Deployment(
            environment: place.environment, seq: place.seq, at: entry.header.at, entry: entry.hash,
            release: body.release, actor: entry.header.actor, unsettled: body.unsettled, failures: body.failures,
            snapshotBefore: previous?.header.at, replaced: labels?["replaced"], replacedBy: labels?["replaced_by"],
            images: changes, unseen: body.unseen(running),
            runningState: try runningState(of: brought(by: changes), since: place, latest: latest))
    }

    private func imagesBefore(_ place: ChainPosition) throws -> ([ImageReference], Entry?) {
        let before = Seq(rawValue: place.seq.rawValue - 1)
        guard let previous = try database.newestSnapshot(of: place.environment, upTo: before) else {
            return ([], nil)
        }
        return (try database.images(of: running, in: place.environment, at: previous.header.seq), previous)
    }

    /// The repositories whose images are meant; where only the label is, those that changed, or else all.
    private func changes(
        from before: [ImageReference], to after: [ImageReference], latest: Entry
    ) throws -> [Deployment.ImageChange] {
        let all = try Set((before + after).map(\.repository)).sorted { $0.precedesByUTF8($1) }.map { repository in
            let after = after.filter { $0.repository == repository }
            return Deployment.ImageChange(
                repository: repository, before: before.filter { $0.repository == repository }, after: after,
                tags: try after.map { try status(of: $0, latest: latest) })
        }
        let meant = all.filter { change in change.after.contains(where: query.matches) }
        if !meant.isEmpty { return meant }
        let changed = all.filter(\.isChange)
        return changed.isEmpty ? all : changed
    }

    // MARK: What became of it

    /// The images that are meant; where only the label is, those that did not run before.
    private func brought(by changes: [Deployment.ImageChange]) -> [ImageReference] {
        let meant = changes.flatMap(\.after).filter(query.matches)
        return meant.isEmpty ? changes.flatMap { change in change.after.filter { !change.before.contains($0) } } : meant
    }

    /// Until when some of the images ran without a break.
    private func runningState(of images: [ImageReference], since place: ChainPosition, latest: Entry) throws
        -> Deployment.RunningState
    {
        let stretches = try images.compactMap(ImageQuery.init).flatMap { image in
            try database.stretches(of: image, from: .running, in: place.environment)
        }.filter { images.contains($0.image) }
        guard var end = stretches.filter({ $0.contains(place.seq) }).map(\.end).max() else { return .unknown }
        while let further = stretches.filter({ $0.since <= end && $0.end > end }).map(\.end).max() { end = further }
        guard end < .endless else {
            let body = try latest.snapshotBody()
            return body.unseen(running).map(Deployment.RunningState.unseen)
                ?? .runs(asOf: latest.header.at, unsettled: body.unsettled)
        }
        return .ended(end, try database.at(of: place.environment, end))
    }

    /// What the image's tag points at now, beside what was deployed by it.
    private func status(of image: ImageReference, latest: Entry) throws -> TagStatus {
        guard let tag = image.tag, let digest = image.digest else { return .unknown }
        let environment = latest.header.environment
        let stretches = try database.stretches(
            of: .tag(tag, repository: image.repository), from: .registry, in: environment
        ).filter { $0.image.repository.isIdenticalText(to: image.repository) }
        guard let newest = stretches.last else { return .unknown }
        let facet = FacetID(newest.resource, Snapshot.description)
        if let gap = try latest.snapshotBody().gaps.over(facet) {
            return .unseen(Unseen(gap), lastSeen: newest.until == nil ? newest.image.digest : nil)
        }
        if let until = newest.until { return .gone(until, try database.at(of: environment, until)) }
        guard let now = newest.image.digest else { return .unknown }
        if now.isIdenticalText(to: digest) { return .same }
        return .moved(to: now, newest.since, try database.at(of: environment, newest.since))
    }
}
