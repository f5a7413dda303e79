import GRDB
import StrictJSON
import Tidemark

/// Finds the deployments of a name in one environment.
struct DeploymentSearch {
    let reader: DeploymentReader
    let name: DeployedName

    private var database: Database { reader.database }
    private var environment: EnvironmentName { reader.environment }

    func answer() throws -> DeploymentAnswer {
        let labelled = try releases(labelled: name.text)
        let committed = try name.commit.map { try database.releases(ofCommit: $0, in: environment) } ?? []
        let tagged = try images(name.images.filter(\.isTag))
        let digests = try images(name.images.filter { !$0.isTag })
        let built = try images(builtFrom: name.commit)
        let stretches = tagged.stretches + digests.stretches + built.stretches
        let found = FoundImages(tagged, digests, built)

        var deployments: [Seq: Deployment] = [:]
        var underWay: Deployment?
        for row in try rows(of: stretches) {
            let deployment = try reader.deployment(row, .matching(found.contains))
            let isBrought =
                deployment.kind == .firstState || deployment.images.contains { $0.change.isAsBefore != true }
            if isBrought { deployments[row.seq] = deployment }
        }
        for seq in labelled + committed {
            guard let row = try reader.row(ofReleaseAt: seq) else {
                underWay = try reader.underWay()
                continue
            }
            deployments[row.seq] = try reader.deployment(row)
        }
        if underWay == nil, let current = try reader.underWay(.matching(found.contains)),
            current.images.contains(where: { $0.change.isAsBefore != true })
        {
            underWay = current
        }
        let listed = (underWay.map { [$0] } ?? []) + deployments.values
        let meanings: [(DeploymentAnswer.Meaning, Bool)] = [
            (.label, !labelled.isEmpty), (.tag, !tagged.stretches.isEmpty), (.digest, !digests.stretches.isEmpty),
            (.commit, !committed.isEmpty || !built.stretches.isEmpty),
        ]
        return DeploymentAnswer(
            meanings: meanings.filter(\.1).map(\.0), deployments: listed,
            unchangedReleases: try unchangedReleases(in: stretches, beside: listed),
            otherIndex: digests.queried.flatMap { digest in
                listed.flatMap(\.images).contains { $0.change.image.digest != digest } ? digest : nil
            })
    }

    private func releases(labelled label: String) throws -> [Seq] {
        let kept = try database.releases(labelled: label, in: environment).map(\.seq)
        let repeated = try database.repeatedReleases(of: environment).values
            .filter { $0.isNamed(label) }.map(\.seq)
        return kept + repeated
    }

    // MARK: Images

    fileprivate struct Images {
        var stretches: [ImageStretch] = []
        /// The whole digest that the question names.
        var queried: String?
    }

    /// The stretches in which the images ran, under whatever tag and index.
    private func images(_ queries: [ImageQuery]) throws -> Images {
        var found = Images()
        for query in queries {
            let direct = try database.stretches(of: query, from: .running, in: environment).filter(isNamed)
            let registry = try database.stretches(of: query, from: .registry, in: environment).filter(isNamed)
            let named: [(digest: String, config: String)] =
                if case .digest(let digest) = query {
                    try database.configs(ofDigest: digest, in: environment)
                } else {
                    try registry.compactMap(\.image.digest).flatMap {
                        try database.configs(ofDigest: $0, in: environment)
                    }
                }
            let digests = try Set(registry.compactMap(\.image.digest) + named.map(\.digest))
                .union(database.digests(ofConfigs: Set(named.map(\.config)).sorted()))
            let same = try database.stretches(of: digests, from: .running).filter {
                $0.environment == environment && $0.image.digest != nil && !direct.contains($0)
            }
            if case .digest(let digest) = query {
                let known = (direct + registry).compactMap(\.image.digest) + named.map(\.digest)
                found.queried = known.first { $0.hasPrefix(digest) }
            }
            found.stretches += direct + same
        }
        return found
    }

    /// The images whose label has a commit.
    private func images(builtFrom commit: String?) throws -> Images {
        guard let commit else { return Images() }
        let digests = try Set(database.digests(ofRevision: commit, in: environment))
        return Images(
            stretches: try database.stretches(of: digests, from: .running).filter {
                $0.environment == environment && $0.image.digest != nil
            })
    }

    private func isNamed(_ stretch: ImageStretch) -> Bool {
        name.repository.map { stretch.image.isIn(repository: $0) } ?? true
    }

    /// The deployments at which an image began to run, or was seen first in a settled snapshot.
    private func rows(of stretches: [ImageStretch]) throws -> [DeploymentReader.Row] {
        var rows: [Seq: DeploymentReader.Row] = [:]
        for since in Set(stretches.map(\.since)) {
            guard let row = try since == .first ? reader.row(after: .first) : reader.row(after: since.previous) else {
                continue
            }
            rows[row.seq] = row
        }
        return rows.values.filter { row in stretches.contains { $0.contains(row.seq) } }.sorted { $0.seq < $1.seq }
    }

    /// The number of releases during which an image ran, and that book none of some deployments.
    private func unchangedReleases(in stretches: [ImageStretch], beside listed: [Deployment]) throws -> Int {
        let during = try Set(
            stretches.flatMap { try database.releases(of: environment, since: $0.since, until: $0.until) })
        return during.subtracting(listed.flatMap(\.bookings).map(\.recorded.seq)).count
    }
}

/// The images that a search found running.
private struct FoundImages {
    private let digests: Set<String>
    private let others: Set<ImageReference>

    init(_ images: DeploymentSearch.Images...) {
        let all = images.flatMap(\.stretches).map(\.image)
        digests = Set(all.compactMap(\.digest))
        others = Set(all.filter { $0.digest == nil })
    }

    func contains(_ image: ImageReference) -> Bool {
        image.digest.map(digests.contains) ?? others.contains(image)
    }
}

extension ImageQuery {
    fileprivate var isTag: Bool { if case .tag = self { true } else { false } }
}
