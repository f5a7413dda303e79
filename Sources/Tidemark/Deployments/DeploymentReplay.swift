import StrictJSON

/// The running set of one environment while its entries are read, oldest first: finds the deployments among them.
///
/// A deployment is a settled snapshot whose running set differs from that of the deployment before. Unsettled snapshots show
/// what is under way, and begin or end nothing.
package struct DeploymentReplay: Sendable {
    /// What an entry adds to the index.
    package struct Rows: Sendable {
        package var configs: [ManifestIndex.Config] = []
        package var deployment: Deployment?
    }

    /// The deployment, or the first known state, that an entry shows.
    package struct Deployment: Sendable, Hashable {
        package let seq: Seq
        /// The settled snapshot before; nil for the first known state.
        package let after: Seq?
        package let set: RunningSet

        package init(seq: Seq, after: Seq?, set: RunningSet) {
            self.seq = seq
            self.after = after
            self.set = set
        }
    }

    private let images: ImageIndex
    private var containers: [FacetID: [ImageReference]] = [:]
    private var platforms: [ResourceID: String] = [:]
    private var versions: [ResourceID: String] = [:]
    private var manifests = ManifestIndex()
    private var newest: Deployment?
    /// The newest settled snapshot.
    private var settled: Seq?
    /// Whether the running set may differ from that of the newest deployment.
    private var isTouched = true

    package init(images: ImageIndex) { self.images = images }

    /// Continues after a snapshot.
    /// - Parameters:
    ///   - facets: The content of each facet of the kinds in `ImageIndex.runningKinds`.
    ///   - newest: The newest deployment.
    ///   - settled: The newest settled snapshot.
    package init(images: ImageIndex, facets: [FacetID: JSON], newest: Deployment?, settled: Seq?) {
        self.init(images: images)
        for (facet, content) in facets { set(facet, to: content) }
        self.newest = newest
        self.settled = settled
    }

    /// The digests of the running images.
    package var digests: Set<String> { Set(containers.values.joined().compactMap(\.digest)) }

    /// Adds configs that older entries showed.
    package mutating func add(_ known: [ManifestIndex.Config]) { manifests.add(known) }

    /// Sets a facet's content; nil for one that is gone.
    package mutating func set(_ facet: FacetID, to content: JSON?) {
        let kind = facet.resource.kind
        if facet.name == Snapshot.description, let definition = images[kind], definition.vantage == .running {
            containers[facet] = content.map { definition.find(facet.resource.identity, $0) }
            isTouched = true
        }
        guard let part = images.part(of: kind) else { return }
        isTouched = true
        switch part {
        case .manifest(let find): manifests.set(facet, to: content.flatMap { find(facet, $0) })
        case .platform(let find) where facet.name == Snapshot.description:
            platforms[facet.resource] = content.flatMap(find)
        case .version(let find) where facet.name == Snapshot.description:
            versions[facet.resource] = content.flatMap(find)
        case .platform, .version: break
        }
    }

    /// Ends an entry whose facets were set.
    /// - Parameter isRestart: Whether the state before is unknown.
    package mutating func end(at seq: Seq, isSettled: Bool, isRestart: Bool) -> Rows {
        if isRestart { (newest, settled) = (nil, nil) }
        var rows = Rows()
        if isTouched { rows.configs = manifests.newConfigs() }
        guard isSettled else { return rows }
        if isTouched || newest == nil {
            let set = running
            if newest.map({ set.isDeployment(after: $0.set.resolved(by: manifests)) }) ?? true {
                newest = Deployment(seq: seq, after: newest == nil ? nil : settled, set: set)
                rows.deployment = newest
            }
            isTouched = false
        }
        settled = seq
        return rows
    }

    /// What runs now.
    package var running: RunningSet {
        let distinct = Set(platforms.values)
        let platform = distinct.count == 1 ? distinct.first : nil
        let found = containers.sorted { $0.key < $1.key }.flatMap { facet, images in
            images.map { image in
                RunningImage(
                    container: facet.resource.identity, image: image,
                    config: image.digest.flatMap { manifests.config(of: $0, for: platform) })
            }
        }
        return RunningSet(
            version: versions.min { $0.key < $1.key }?.value, platform: platform, images: found)
    }
}
