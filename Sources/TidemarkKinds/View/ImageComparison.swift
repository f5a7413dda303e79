import StrictJSON
import Tidemark

/// The comparison of images in a snapshot: digests that differ may be the same image, since an index or an attestation around it
/// changes the digest.
package struct ImageComparison: Sendable {
    /// Whether two digests are the same image on the environment's hosts.
    package enum Result: Sendable, Hashable {
        case same
        case other
        /// The digests differ, and an image's configuration is not known.
        case unknown(Unseen)
    }

    private let snapshot: SnapshotView
    private let manifests: ManifestIndex
    /// The manifests' facets by their kind's definition.
    private let parts: [FacetID: ManifestPart]
    private let platform: String?

    package init(_ snapshot: SnapshotView) {
        self.snapshot = snapshot
        parts = snapshot.manifestParts
        platform = snapshot.hostPlatform
        var manifests = ManifestIndex()
        for (facet, part) in parts { manifests.set(facet, to: part) }
        _ = manifests.newConfigs()
        self.manifests = manifests
    }

    /// Compares two digests of a repository.
    package func compare(_ digest: String, with other: String, in repository: String) -> Result {
        if digest.isIdenticalText(to: other) { return .same }
        guard let config = config(of: digest) else { return .unknown(reason(digest, repository)) }
        guard let otherConfig = self.config(of: other) else { return .unknown(reason(other, repository)) }
        return config == otherConfig ? .same : .other
    }

    /// The digest of the configuration that a digest has on the environment's hosts; nil if it is not known.
    package func config(of digest: String) -> String? { manifests.config(of: digest, for: platform) }

    /// When the image of a digest was built, as its builder labelled it; nil if it is not known.
    ///
    /// Source: <https://github.com/opencontainers/image-spec/blob/main/annotations.md>, `org.opencontainers.image.created`.
    package func created(_ digest: String) -> Timestamp? {
        let image = imageDigest(of: digest)
        let facet = parts.first { $0.value.digest == image && $0.value.isOfImage }?.key
        let config = facet.flatMap { snapshot.facet(FacetID($0.resource, Self.config))?.content }
        return config?["labels"]?["org.opencontainers.image.created"]?.string.flatMap(Timestamp.init)
    }

    /// The manifest of the image that hosts take from an index; the digest itself if it is not an index.
    private func imageDigest(of digest: String) -> String? {
        for part in parts.values where part.digest == digest {
            guard case .index(let children) = part.content else { continue }
            return (children.count == 1 ? children.first : children.first { $0.platform == platform })?.digest
        }
        return digest
    }

    private static let config = "config"

    private func reason(_ digest: String, _ repository: String) -> Unseen {
        let gap = snapshot.kinds.definitions.lazy.filter(\.hasManifests).compactMap { definition in
            snapshot.snapshot.gap(
                over: FacetID(ResourceID(definition.kind, "\(repository)@\(digest)"), Snapshot.description))
        }.first
        return gap.map(Unseen.init)
            ?? Unseen(reason: "the manifest of \(digest.prefix(19)) or its configuration is not recorded")
    }
}

extension SnapshotView {
    /// The platform of the environment's hosts in OCI's names, `linux/amd64`; nil if it is not known or they differ.
    package var hostPlatform: String? {
        let found = kinds.definitions.flatMap { definition -> [String] in
            guard case .platform(let find)? = definition.running else { return [] }
            return resources(of: definition.kind).compactMap { facet($0.described)?.content }.compactMap(find)
        }
        return Set(found).count == 1 ? found[0] : nil
    }

    /// What the facets of image manifests say.
    fileprivate var manifestParts: [FacetID: ManifestPart] {
        var parts: [FacetID: ManifestPart] = [:]
        for definition in kinds.definitions {
            guard case .manifest(let find)? = definition.running else { continue }
            for facet in resources(of: definition.kind).flatMap(facets) {
                parts[facet] = self.facet(facet).flatMap { find(facet, $0.content) }
            }
        }
        return parts
    }
}

extension KindDefinition {
    fileprivate var hasManifests: Bool { if case .manifest? = running { true } else { false } }
}

extension ManifestPart {
    fileprivate var isOfImage: Bool { if case .index = content { false } else { true } }
}

extension ResourceID {
    fileprivate var described: FacetID { FacetID(self, Snapshot.description) }
}
