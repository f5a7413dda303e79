import GRDB
import StrictJSON
import Tidemark

extension History {
    /// The deployments of an image tag, a release label, a digest or a commit, newest first.
    ///
    /// A name that means several things is answered for all of them. An image is found under every tag and index that it ran
    /// with.
    ///
    /// - Parameters:
    ///   - text: `v10`, `antenna-backend:v10`, `sha256:…` or its digits with at least 8 of them, `antenna-backend@sha256:…`, at
    ///     least 7 digits of a commit, or any label.
    ///   - environment: The environment; nil for all of the history.
    /// - Throws: `Failure` with the code `notFound` if there is none, `invalid` for a digest that is too short, and `history` for
    ///   a damaged history.
    public func deployments(
        of text: String, in environment: EnvironmentName? = nil
    ) throws(Failure) -> DeploymentAnswer {
        let name = try DeployedName(text)
        return try readIndexed(of: environment.map { [$0] }) { database in
            let environments = try environment.map { [$0] } ?? database.environments()
            let searches = try environments.compactMap { environment in
                try DeploymentReader(of: environment, in: database, images).map {
                    DeploymentSearch(reader: $0, name: name)
                }
            }
            let found = try searches.map { try $0.answer() }
            let answer = DeploymentAnswer(joining: found)
            guard answer.deployments.isEmpty else { return answer }
            let known = try name.images.lazy.compactMap { query in
                try database.stretches(of: query, from: .registry, in: environment).first
            }.first
            if let known { throw Failure.noDeployment(of: text, inRegistry: known.image) }
            throw Failure.noRelease(
                text, in: environment, newest: try database.releaseLabels(in: environment),
                missing: try database.missingEntries(of: environment))
        }
    }

    /// The newest deployments of an environment, newest first: what was observed, and the releases that book it.
    /// - Parameter limit: The number of deployments; nil for all.
    /// - Throws: `Failure` with the code `notFound` for an environment without a snapshot, and `history` for a damaged history.
    public func deployments(
        in environment: EnvironmentName, limit: Int? = nil
    ) throws(Failure) -> [Deployment] {
        try readIndexed(of: [environment]) { database in
            guard let reader = try DeploymentReader(of: environment, in: database, images) else {
                throw Failure(.notFound, "no snapshot of '\(environment)' in '\(path)'", remedy: "record one first")
            }
            let underWay = try reader.underWay().map { [$0] } ?? []
            return try underWay + reader.rows(limit: limit).map { try reader.deployment($0) }
        }
    }

    /// What environments run now, and which deployment brought it.
    /// - Parameter environment: The environment; nil for all of the history that have a snapshot.
    /// - Throws: `Failure` with the code `notFound` if there is no snapshot, and `history` for a damaged history.
    public func running(in environment: EnvironmentName? = nil) throws(Failure) -> [CurrentEnvironment] {
        try readIndexed(of: environment.map { [$0] }) { database in
            let environments = try environment.map { [$0] } ?? database.environments()
            let found = try environments.compactMap { environment -> CurrentEnvironment? in
                guard let reader = try DeploymentReader(of: environment, in: database, images) else { return nil }
                let latest = reader.latest.entry
                return CurrentEnvironment(
                    environment: environment, asOf: DatedEntry(seq: latest.seq, at: latest.seenAt),
                    unsettled: latest.body.unsettled,
                    newest: try reader.row(at: latest.seq).map { try reader.deployment($0) },
                    underWay: try reader.underWay(), images: try reader.current(),
                    unseen: reader.latest.coverage.unseen(images.kinds(from: .running)))
            }
            guard !found.isEmpty else {
                throw Failure(
                    .notFound, "no snapshot\(environment.map { " of '\($0)'" } ?? "") in '\(path)'",
                    remedy: "record one first")
            }
            return found
        }
    }

    /// What a snapshot shows to have been deployed, by the index as it is: `verify` compares that with the log.
    /// - Throws: `Failure` for a damaged history.
    package func observedRun(of environment: EnvironmentName, at seq: Seq) throws(Failure) -> ObservedRun {
        try read { try $0.observedRun(of: environment, at: seq, images) }
    }

    /// The newest deployment, by the index as it is; nil for an environment without a settled snapshot.
    /// - Throws: `Failure` for a damaged history.
    package func newestDeployment(of environment: EnvironmentName) throws(Failure) -> Deployment? {
        try read { database in
            guard let reader = try DeploymentReader(of: environment, in: database, images) else { return nil }
            return try reader.row(at: .endless).map { try reader.deployment($0) }
        }
    }

    /// The entries of an environment, or of all, that were removed or erased: what they had may be missing from a list.
    /// - Throws: `Failure` for a damaged history.
    public func missingEntries(of environment: EnvironmentName? = nil) throws(Failure) -> [MissingEntries] {
        try readIndexed(of: environment.map { [$0] }) { try $0.missingEntries(of: environment) }
    }
}

extension DeploymentAnswer {
    /// The answers for several environments as one.
    fileprivate init(joining answers: [DeploymentAnswer]) {
        let meanings = answers.flatMap(\.meanings).reduce(into: [Meaning]()) { found, meaning in
            if !found.contains(meaning) { found.append(meaning) }
        }
        self.init(
            meanings: meanings, deployments: answers.flatMap(\.deployments).inOrder,
            unchangedReleases: answers.map(\.unchangedReleases).reduce(0, +),
            otherIndex: answers.lazy.compactMap(\.otherIndex).first)
    }
}

extension [Deployment] {
    /// The deployments by time, newest first, and those of one environment by their place in its chain: a deployment with a
    /// time ahead of AWS's clock is still before those that follow it.
    fileprivate var inOrder: [Deployment] {
        var least: [EnvironmentName: Timestamp] = [:]
        let dated = sorted { $0.seq > $1.seq }.map { deployment in
            let at = Swift.min(least[deployment.environment] ?? deployment.at, deployment.at)
            least[deployment.environment] = at
            return (at: at, deployment: deployment)
        }
        return dated.sorted {
            ($1.at, $0.deployment.environment.rawValue, $1.deployment.seq)
                < ($0.at, $1.deployment.environment.rawValue, $0.deployment.seq)
        }.map(\.deployment)
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
