import GRDB
import StrictJSON
import Tidemark

extension History {
    /// Every deployment of an image tag, a release label or a digest, oldest first; in one environment, or in all.
    ///
    /// That is: each release under that label, each release that shows such an image running, and each snapshot that
    /// found one running which the snapshot before it did not, without a release. A release whose containers could not
    /// be seen shows none.
    /// - Parameter text: `v10`, `antenna-backend:v10`, `sha256:…`, or any label.
    /// - Throws: `Failure` for a digest that is too short, and for a damaged history.
    public func deployments(
        of text: String, in environment: EnvironmentName? = nil
    ) throws(Failure) -> [Deployment] {
        let query = try ImageQuery(text)
        return try read { database in
            try database.verifyIndex(images)
            let ran = try database.stretches(of: query, from: .running, in: environment)
            var places = Set(try database.releases(labelled: text, in: environment))
            for stretch in ran {
                let releases = try database.releases(within: stretch)
                places.formUnion(try releases.filter { try database.saw(stretch.resource, at: $0) })
            }
            places.formUnion(ran.beginnings)
            let deployer = DeploymentReader(database: database, images: images, query: query, label: text)
            return try places.map(deployer.deployment).inOrder
        }
    }

    /// That nothing of that name was deployed, and what there is instead.
    public func noDeployment(of text: String, in environment: EnvironmentName? = nil) throws(Failure) -> Failure {
        let query = try ImageQuery(text)
        let known = try read { database in
            try database.stretches(of: query, from: .registry, in: environment).map(\.image.name)
        }
        let failure = try noRelease(text, in: environment)
        guard let name = known.first else { return failure }
        return Failure(
            .notFound, "no deployment of '\(text.printable)' was recorded",
            why: "the registry had \(name.printable), and no container was seen to run it",
            remedy: "'tidemark tags' shows since when")
    }
}

extension [Deployment] {
    /// By time, and those of an environment by their place in its chain: one that a clock has dated ahead stands before what
    /// follows it all the same.
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
    /// Where an image runs that did not run just before.
    fileprivate var beginnings: [ChainPosition] {
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
    /// Whether a resource was seen at a place, and is not only there as it was last seen.
    fileprivate func saw(_ resource: ResourceID, at place: ChainPosition) throws -> Bool {
        let body = try entry(of: place.environment, at: place.seq).snapshotBody()
        return body.gaps.over(FacetID(resource, Snapshot.description)) == nil
    }
}
