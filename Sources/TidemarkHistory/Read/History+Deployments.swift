import GRDB
import StrictJSON
import Tidemark

extension History {
    /// The deployments of an image tag, a release label or a digest, oldest first.
    ///
    /// These are the releases of that label, the releases during which such an image ran, and the snapshots that show one
    /// running which the snapshot before did not show, without a release. A release whose containers were not seen shows no
    /// image.
    ///
    /// - Parameters:
    ///   - text: `v10`, `antenna-backend:v10`, `sha256:…` with at least 8 digits, or any label.
    ///   - environment: The environment; nil for all of the history.
    /// - Throws: `Failure` with the code `notFound` if there is none, `invalid` for a digest that is too short, and `history` for
    ///   a damaged history.
    public func deployments(
        of text: String, in environment: EnvironmentName? = nil
    ) throws(Failure) -> [Deployment] {
        let query = try ImageQuery(text)
        return try readIndexed(of: environment.map { [$0] }) { database in
            var positions = Set(try database.releases(labelled: text, in: environment))
            let running = try database.stretches(of: query, from: .running, in: environment)
            for stretch in running {
                let releases = try database.releases(within: stretch)
                positions.formUnion(try releases.filter { try database.observed(stretch.resource, at: $0) })
            }
            positions.formUnion(running.starts)
            let repeated = try database.repeatedReleases(of: environment)
            let labelled = repeated.filter { $0.value.isNamed(text) }
            guard !positions.isEmpty || !labelled.isEmpty else {
                let known = try database.stretches(of: query, from: .registry, in: environment).first
                if let known { throw Failure.noDeployment(of: text, inRegistry: known.image) }
                throw Failure.noRelease(
                    text, in: environment, newest: try database.releaseLabels(in: environment),
                    missing: try database.missingEntries(of: environment),
                    remedy: try database.nearestName(to: text, in: environment))
            }
            let reader = DeploymentReader(database: database, images: images, query: query, repeated: repeated)
            let found = try positions.map(reader.deployment)
            let others = try labelled.keys.map(reader.release).filter { release in
                !found.contains { $0.environment == release.environment && $0.seq == release.seq }
            }
            return (found + others).inOrder
        }
    }

    /// The entries of an environment, or of all, that were removed or erased: what they had may be missing from a list.
    /// - Throws: `Failure` for a damaged history.
    public func missingEntries(of environment: EnvironmentName? = nil) throws(Failure) -> [MissingEntries] {
        try readIndexed(of: environment.map { [$0] }) { try $0.missingEntries(of: environment) }
    }
}

extension [Deployment] {
    /// The deployments by time, and those of one environment by their place in its chain: a deployment with a time ahead of
    /// AWS's clock is still before those that follow it.
    fileprivate var inOrder: [Deployment] {
        var least: [EnvironmentName: Timestamp] = [:]
        let dated = sorted { $0.seq > $1.seq }.map { deployment in
            let at = Swift.min(least[deployment.environment] ?? deployment.at, deployment.at)
            least[deployment.environment] = at
            return (at: at, deployment: deployment)
        }
        return dated.sorted {
            ($0.at, $0.deployment.environment.rawValue, $0.deployment.seq)
                < ($1.at, $1.deployment.environment.rawValue, $1.deployment.seq)
        }.map(\.deployment)
    }
}

extension [ImageStretch] {
    /// The entries at which an image runs that did not run just before.
    fileprivate var starts: [ChainPosition] {
        Dictionary(grouping: self) { [$0.environment: $0.image] }.values.flatMap { stretches in
            var end: Seq?
            return stretches.sorted { $0.since < $1.since }.compactMap { stretch -> ChainPosition? in
                defer { end = Swift.max(end ?? stretch.end, stretch.end) }
                let isContinued = end.map { stretch.since <= $0 } ?? false
                return isContinued ? nil : ChainPosition(environment: stretch.environment, seq: stretch.since)
            }
        }
    }
}

extension Database {
    /// Whether a resource was seen in this snapshot, and not only in an older one.
    fileprivate func observed(_ resource: ResourceID, at position: ChainPosition) throws -> Bool {
        try coverage(of: position.environment, at: position.seq).gaps.over(FacetID(resource, Snapshot.description))
            == nil
    }
}

extension Failure {
    /// An image that is in a registry and never ran.
    fileprivate static func noDeployment(of text: String, inRegistry image: ImageReference) -> Failure {
        Failure(
            .notFound, "no deployment of '\(text.printable)' was recorded",
            why: "the registry had \(image.name.printable), and no container was seen running it",
            remedy: .readTags)
    }
}
