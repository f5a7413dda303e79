import GRDB
import Tidemark

/// Finds out until when images ran. Many deployments have the same ones.
final class ImagePresence {
    private let database: Database
    private let environment: EnvironmentName
    private let latest: LatestSnapshot
    /// Why the newest snapshot does not show all containers; nil if it does.
    private let unseen: Unseen?
    private var stretches: [String: [ImageStretch]] = [:]

    init(database: Database, latest: LatestSnapshot, containers: [Kind]) {
        (self.database, self.latest) = (database, latest)
        environment = latest.entry.entry.header.environment
        unseen = latest.coverage.unseen(containers)
    }

    /// The entry from which on an image that runs at another entry ran without a break.
    func start(of image: RunningImage, at seq: Seq) throws -> Seq {
        let stretches = try self.stretches(of: image)
        guard var start = stretches.filter({ $0.contains(seq) }).map(\.since).min() else { return seq }
        while let earlier = stretches.filter({ $0.since < start && $0.end >= start }).map(\.since).min() {
            start = earlier
        }
        return start
    }

    /// Whether an image that ran at an entry still runs.
    func state(of image: RunningImage, since seq: Seq) throws -> DeployedImage.State {
        let stretches = try self.stretches(of: image)
        guard var end = stretches.filter({ $0.contains(seq) }).map(\.end).max() else {
            return .ended(try database.datedEntry(of: environment, at: seq))
        }
        while true {
            if let further = stretches.filter({ $0.since <= end && $0.end > end }).map(\.end).max() {
                end = further
                continue
            }
            guard end < .endless else {
                return unseen.map(DeployedImage.State.unseen)
                    ?? .runs(asOf: latest.entry.seenAt, unsettled: latest.entry.body.unsettled)
            }
            // Unsettled snapshots end nothing.
            guard let settled = try database.settledSnapshot(of: environment, from: end), settled > end,
                let further = stretches.filter({ $0.contains(settled) }).map(\.end).max()
            else { break }
            end = further
        }
        return .ended(try database.datedEntry(of: environment, at: end))
    }

    /// The stretches in which the image ran, under whatever index and tag.
    private func stretches(of image: RunningImage) throws -> [ImageStretch] {
        let key = image.config ?? image.image.digest ?? image.image.name
        if let known = stretches[key] { return known }
        var found: [ImageStretch]
        if let digest = image.image.digest {
            let same = try image.config.map { try database.digests(ofConfigs: [$0]) } ?? []
            found = try database.stretches(of: Set(same + [digest]), from: .running).filter {
                $0.environment == environment && $0.image.digest != nil
            }
        } else {
            found =
                try ImageQuery(image.image).map {
                    try database.stretches(of: $0, from: .running, in: environment)
                } ?? []
        }
        stretches[key] = found
        return found
    }
}

/// Compares images with what their tags point at now. Many deployments have the same tag.
final class TagComparison {
    private struct Tag: Hashable {
        let repository: String
        let name: String
    }

    private let database: Database
    private let latest: LatestSnapshot
    private var stretches: [Tag: ImageStretch?] = [:]

    init(database: Database, latest: LatestSnapshot) {
        (self.database, self.latest) = (database, latest)
    }

    /// The image that the tag of another one points at now.
    func status(of running: RunningImage, platform: String?) throws -> TagStatus {
        let image = running.image
        guard let tag = image.tag, let digest = image.digest else { return .unknown }
        let environment = latest.entry.entry.header.environment
        guard let newest = try newest(Tag(repository: image.repository, name: tag), in: environment) else {
            return .unknown
        }
        if let gap = latest.coverage.gaps.over(FacetID(newest.resource, Snapshot.description)) {
            return .unseen(Unseen(gap), lastSeen: newest.until == nil ? newest.image.digest : nil)
        }
        if let until = newest.until { return .gone(try database.datedEntry(of: environment, at: until)) }
        guard let now = newest.image.digest else { return .unknown }
        if now.isIdenticalText(to: digest) { return .same }
        let entry = try database.datedEntry(of: environment, at: newest.since)
        let manifests = try database.manifests(of: [now], in: environment)
        guard let config = running.config, let other = manifests.config(of: now, for: platform) else {
            return .undetermined(digest: now, entry)
        }
        return config == other ? .pushedAgain(digest: now, entry) : .moved(to: now, entry)
    }

    private func newest(_ tag: Tag, in environment: EnvironmentName) throws -> ImageStretch? {
        if let known = stretches[tag] { return known }
        let found = try database.stretches(
            of: .tag(tag.name, repository: tag.repository), from: .registry, in: environment
        ).last { $0.image.repository.isIdenticalText(to: tag.repository) }
        stretches.updateValue(found, forKey: tag)
        return found
    }
}
