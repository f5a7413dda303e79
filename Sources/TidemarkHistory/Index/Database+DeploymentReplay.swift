import GRDB
import StrictJSON
import Tidemark

extension Database {
    /// What runs at the head of a chain, before the next entry is indexed.
    /// - Parameters:
    ///   - seq: The next entry.
    ///   - further: The digests of images that it runs.
    func deploymentReplay(
        of environment: EnvironmentName, before seq: Seq, _ images: ImageIndex, further: Set<String>
    ) throws -> DeploymentReplay {
        let newest = try deployment(of: environment, upTo: seq.previous, images)
        var replay = DeploymentReplay(
            images: images, facets: try currentFacets(of: images.runningKinds, in: environment), newest: newest,
            settled: try settledSnapshot(of: environment, before: seq))
        let digests = replay.digests.union(newest?.set.images.compactMap(\.image.digest) ?? []).union(further)
        replay.add(try configs(of: digests, in: environment))
        return replay
    }

    private func currentFacets(of kinds: [Kind], in environment: EnvironmentName) throws -> [FacetID: JSON] {
        let rows = try Row.fetchCursor(
            cachedStatement(sql: Embedded.currentFacetsOfKinds),
            arguments: ["environment": environment.rawValue, "kinds": JSON(kinds.map(\.rawValue)).canonical])
        var facets: [FacetID: JSON] = [:]
        while let row = try rows.next() { facets[row.facet] = try JSON(parsing: row.currentText()) }
        return facets
    }

    /// The newest settled snapshot before an entry.
    func settledSnapshot(of environment: EnvironmentName, before seq: Seq) throws -> Seq? {
        try Int64.fetchOne(
            cachedStatement(sql: Embedded.settledBefore),
            arguments: ["environment": environment.rawValue, "seq": seq.rawValue]
        ).map(Seq.init(rawValue:))
    }

    /// The oldest settled snapshot at or after an entry.
    func settledSnapshot(of environment: EnvironmentName, from seq: Seq) throws -> Seq? {
        try Int64.fetchOne(
            cachedStatement(sql: Embedded.settledFrom),
            arguments: ["environment": environment.rawValue, "seq": seq.rawValue]
        ).map(Seq.init(rawValue:))
    }

    /// The newest deployment at or before an entry; its images have no configs yet.
    func deployment(
        of environment: EnvironmentName, upTo seq: Seq, _ images: ImageIndex
    ) throws -> DeploymentReplay.Deployment? {
        try deployment(Embedded.deploymentAt, environment, seq, images)
    }

    /// The oldest deployment after an entry; its images have no configs yet.
    func deployment(
        of environment: EnvironmentName, after seq: Seq, _ images: ImageIndex
    ) throws -> DeploymentReplay.Deployment? {
        try deployment(Embedded.deploymentAfter, environment, seq, images)
    }

    private func deployment(
        _ sql: String, _ environment: EnvironmentName, _ seq: Seq, _ images: ImageIndex
    ) throws -> DeploymentReplay.Deployment? {
        let row = try Row.fetchOne(
            cachedStatement(sql: sql), arguments: ["environment": environment.rawValue, "seq": seq.rawValue])
        guard let row else { return nil }
        let shown = Seq(rawValue: row["seq"])
        return DeploymentReplay.Deployment(
            seq: shown, after: (row["after"] as Int64?).map(Seq.init(rawValue:)),
            set: RunningSet(
                version: row["version"], platform: row["platform"],
                images: try runningImages(of: images.kinds(from: .running), in: environment, at: shown)))
    }

    /// The images that containers run at an entry, without their configs.
    func runningImages(
        of kinds: [Kind], in environment: EnvironmentName, at seq: Seq
    ) throws -> [RunningImage] {
        try Row.fetchAll(
            cachedStatement(sql: Embedded.imagesAt),
            arguments: [
                "environment": environment.rawValue, "seq": seq.rawValue,
                "kinds": JSON(kinds.map(\.rawValue)).canonical,
            ]
        ).map { RunningImage(container: $0["identity"], image: $0.image) }
    }

    /// What is known of the configs of some digests.
    func configs(
        of digests: some Sequence<String>, in environment: EnvironmentName
    ) throws -> [ManifestIndex.Config] {
        try Row.fetchAll(
            cachedStatement(sql: Embedded.configs),
            arguments: ["environment": environment.rawValue, "digests": JSON(digests.sorted()).canonical]
        ).map { ManifestIndex.Config(digest: $0["digest"], platform: $0["platform"], config: $0["config"]) }
    }

    /// The configs of some digests by platform.
    func manifests(of digests: some Sequence<String>, in environment: EnvironmentName) throws -> ManifestIndex {
        var manifests = ManifestIndex()
        manifests.add(try configs(of: digests, in: environment))
        return manifests
    }

    /// The configs of the manifests whose digest, or whose config, begins with a text.
    func configs(
        ofDigest digest: String, in environment: EnvironmentName?
    ) throws -> [(digest: String, config: String)] {
        try Row.fetchAll(
            cachedStatement(sql: Embedded.configsOfDigest),
            arguments: ["digest": digest, "environment": environment?.rawValue]
        ).map { ($0["digest"], $0["config"]) }
    }

    /// The digests of the manifests whose image was built from a commit that begins with a text, as their labels say.
    func digests(ofRevision text: String, in environment: EnvironmentName) throws -> [String] {
        try String.fetchAll(
            cachedStatement(sql: Embedded.digestsOfRevision),
            arguments: ["text": text, "environment": environment.rawValue])
    }

    /// The digests of the manifests that have one of some configs.
    func digests(ofConfigs configs: [String]) throws -> [String] {
        try String.fetchAll(
            cachedStatement(sql: Embedded.digestsOfConfigs), arguments: ["configs": JSON(configs).canonical])
    }
}
