/// The configs of image manifests by platform, as they become known.
///
/// A digest names the same bytes for good, so what is known is never withdrawn.
package struct ManifestIndex: Sendable {
    /// The config of a manifest for one platform.
    package struct Config: Hashable, Sendable {
        package let digest: String
        /// `linux/amd64`; empty for the only image of a manifest whose platform is not known.
        package let platform: String
        package let config: String
        /// The commit in the image's label `org.opencontainers.image.revision`; nil if it has none or was not read.
        package let revision: String?

        package init(digest: String, platform: String, config: String, revision: String? = nil) {
            self.revision = revision
            self.digest = digest
            self.platform = platform
            self.config = config
        }
    }

    private var configs: [String: [String: String]] = [:]
    /// The parts in the state.
    private var parts: [FacetID: ManifestPart] = [:]

    package init() {}

    /// The config of a digest for a platform; nil if it is not known. Where the platform is not known, that of its only image,
    /// or else those of all platforms: equal ones are the same image on every host.
    package func config(of digest: String, for platform: String?) -> String? {
        guard let known = configs[digest] else { return nil }
        if let platform { return known[platform] ?? known[""] }
        return Set(known.values).count == 1
            ? known.values.first
            : known.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: ",")
    }

    /// Sets the part that a facet shows; nil for a facet that is gone.
    package mutating func set(_ facet: FacetID, to part: ManifestPart?) { parts[facet] = part }

    /// Adds configs that were known before.
    package mutating func add(_ known: [Config]) {
        for config in known { configs[config.digest, default: [:]][config.platform] = config.config }
    }

    /// The configs that the parts show and that were not known yet. They are known from then on. Those of an index are known
    /// only together.
    package mutating func newConfigs() -> [Config] {
        var (images, platforms, revisions): ([String: String], [String: String], [String: String]) = ([:], [:], [:])
        for part in parts.values {
            switch part.content {
            case .image(let config): images[part.digest] = config
            case .config(let platform, let revision):
                platforms[part.digest] = platform
                revisions[part.digest] = revision
            case .index: break
            }
        }
        var new = images.map {
            Config(digest: $0, platform: platforms[$0] ?? "", config: $1, revision: revisions[$0])
        }
        for part in parts.values {
            guard case .index(let children) = part.content, children.allSatisfy({ images[$0.digest] != nil }) else {
                continue
            }
            new += children.compactMap { child in
                images[child.digest].map {
                    Config(
                        digest: part.digest, platform: child.platform, config: $0, revision: revisions[child.digest])
                }
            }
        }
        new = new.filter { configs[$0.digest]?[$0.platform] == nil }
        add(new)
        return new.sorted { ($0.digest, $0.platform) < ($1.digest, $1.platform) }
    }
}
