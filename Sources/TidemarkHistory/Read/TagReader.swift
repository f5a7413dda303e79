import GRDB
import StrictJSON
import Tidemark

/// Reads the image tags of one environment's chain.
struct TagReader {
    private let database: Database
    private let images: ImageIndex
    private let environment: EnvironmentName
    private let latest: LatestSnapshot?
    /// The platform of the hosts; nil if it is not known.
    private let platform: String?
    /// Why it is unknown which images the environment runs; nil if the newest snapshot shows all containers.
    let unseenRuns: Unseen?

    init(database: Database, images: ImageIndex, environment: EnvironmentName) throws {
        self.database = database
        self.images = images
        self.environment = environment
        latest = try database.newestSnapshot(of: environment).map { try LatestSnapshot($0, in: database) }
        platform = try database.deployment(of: environment, upTo: .endless, images)?.set.platform
        unseenRuns =
            try latest?.coverage.unseen(images.kinds(from: .running))
            ?? (database.hasImages(from: .running, in: environment) ? nil : .noContainer)
    }

    /// The repositories that have tags.
    func repositories() throws -> [String] {
        try database.stretches(from: .registry, in: environment).map(\.image.repository)
    }

    /// Why the newest snapshot does not show all tags; nil if it does.
    var unseenTags: Unseen? { latest?.coverage.unseen(images.kinds(from: .registry)) }

    func tags(_ name: String?) throws -> [TagHistory] {
        let tagged = try stretches(ofTags: name)
        let runs = try database.stretches(of: Set(tagged.compactMap(\.image.digest)), from: .running)
        let runsByContent = Dictionary(grouping: runs) { ImageContent($0.image) }
        return try tagged.grouped { $0.resource == $1.resource }.map { try history(of: $0, runs: runsByContent) }
    }

    /// The stretches in which a tag pointed at an image, tag by tag.
    /// - Parameter name: A repository or one tag of it, with or without the registry; nil for all.
    private func stretches(ofTags name: String?) throws -> [ImageStretch] {
        guard let name else { return try database.stretches(from: .registry, in: environment) }
        let image = ImageName(name)
        if let tag = image.tag, name.hasSuffix(":\(tag)") {
            return try database.stretches(
                of: .tag(tag, repository: image.repository), from: .registry, in: environment
            ).sorted { ($0.image.repository, $0.since) < ($1.image.repository, $1.since) }
        }
        return try database.stretches(from: .registry, in: environment).filter {
            $0.image.isIn(repository: image.repository)
        }
    }

    private func history(of stretches: [ImageStretch], runs: [ImageContent: [ImageStretch]]) throws -> TagHistory {
        let image = stretches[0].image
        let gap = latest?.coverage.gaps.over(FacetID(stretches[0].resource, Snapshot.description))
        return TagHistory(
            environment: environment,
            asOf: DatedEntry(
                seq: latest?.entry.seq ?? .first, at: latest?.entry.at ?? Timestamp(millisecondsSince1970: 0)),
            unsettled: latest?.entry.body.unsettled ?? [], repository: image.repository, tag: image.tag ?? "",
            targets: try stretches.enumerated().map { index, stretch in
                TagHistory.Target(
                    digest: stretch.image.digest, since: try datedEntry(stretch.since, of: environment),
                    until: try stretch.until.map { try datedEntry($0, of: environment) },
                    change: try index == 0 ? .none : change(to: stretch.image, from: stretches[index - 1].image),
                    runs: try (runs[ImageContent(stretch.image)] ?? []).joined(unless: isUnknownBefore).map(run))
            },
            unseen: gap.map { Unseen($0) },
            unseenRuns: runs[ImageContent(image.withoutContent)] == nil ? unseenRuns : .noDigest)
    }

    private func change(to image: ImageReference, from before: ImageReference) throws -> TagHistory.Change {
        guard let digest = image.digest, let earlier = before.digest, digest != earlier else { return .none }
        let manifests = try database.manifests(of: [digest, earlier], in: environment)
        guard let config = manifests.config(of: digest, for: platform),
            let other = manifests.config(of: earlier, for: platform)
        else { return .undetermined }
        return config == other ? .sameImage(platform: platform) : .another
    }

    private func run(_ stretch: ImageStretch) throws -> TagHistory.Run {
        let row = try database.deployment(of: stretch.environment, after: stretch.since.previous, images)
        let booking = try row.flatMap { row in
            try database.releases(
                of: stretch.environment, since: row.after?.next ?? .first,
                until: database.deployment(of: stretch.environment, after: row.seq, images)?.after?.next
            ).first
        }
        let unseen = try stretch.until == nil ? unseenContainers(of: stretch.environment) : nil
        return TagHistory.Run(
            environment: stretch.environment, since: try datedEntry(stretch.since, of: stretch.environment),
            until: try stretch.until.map { try datedEntry($0, of: stretch.environment) },
            release: try booking.flatMap { seq in
                try database.release(at: ChainPosition(environment: stretch.environment, seq: seq))?.label
            },
            unseen: unseen)
    }

    /// Why the newest snapshot of an environment does not show all containers; nil if it does.
    private func unseenContainers(of environment: EnvironmentName) throws -> Unseen? {
        let latest =
            try environment == self.environment
            ? latest : database.newestSnapshot(of: environment).map { try LatestSnapshot($0, in: database) }
        return latest?.coverage.unseen(images.kinds(from: .running))
    }

    private func datedEntry(_ seq: Seq, of environment: EnvironmentName) throws -> DatedEntry {
        try database.datedEntry(of: environment, at: seq)
    }

    private func isUnknownBefore(_ stretch: ImageStretch) throws -> Bool {
        try datedEntry(stretch.since, of: stretch.environment).isAtLatest
    }
}

extension Unseen {
    fileprivate static let noDigest = Unseen(
        reason: "a container ran an image of the repository, and its digest is unknown")
    fileprivate static let noContainer = Unseen(
        reason: "no container was seen, and only those of Amazon ECS are observed")
}

/// The repository and the digest of an image, which are the same for every tag of it.
private struct ImageContent: Hashable {
    let repository: String
    let digest: String?

    init(_ image: ImageReference) {
        repository = image.repository
        digest = image.digest
    }
}

extension ImageReference {
    /// An image of the repository whose digest is unknown.
    fileprivate var withoutContent: ImageReference { ImageReference(repository: repository, tag: nil, digest: nil) }
}

extension [ImageStretch] {
    /// The stretches of one image in several containers; those of one environment are joined if they overlap, or if they meet
    /// where the state before is known.
    fileprivate func joined(unless isUnknownBefore: (ImageStretch) throws -> Bool) rethrows -> [ImageStretch] {
        try sorted { ($0.environment.rawValue, $0.since) < ($1.environment.rawValue, $1.since) }.reduce(into: []) {
            guard let last = $0.last, last.environment == $1.environment,
                try $1.since < last.end || $1.since == last.end && !isUnknownBefore($1)
            else {
                $0.append($1)
                return
            }
            guard $1.end > last.end else { return }
            $0[$0.count - 1] = ImageStretch(
                environment: last.environment, resource: last.resource, image: last.image, since: last.since,
                until: $1.until)
        }
    }

    fileprivate func grouped(by belongTogether: (ImageStretch, ImageStretch) -> Bool) -> [[ImageStretch]] {
        reduce(into: []) { groups, stretch in
            if let last = groups.last?.last, belongTogether(last, stretch) {
                groups[groups.count - 1].append(stretch)
            } else {
                groups.append([stretch])
            }
        }
    }
}
