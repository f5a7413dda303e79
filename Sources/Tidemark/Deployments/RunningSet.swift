/// What an environment runs at a moment: its application version, and the images of each container.
///
/// A container that was not seen is as last seen.
public struct RunningSet: Hashable, Sendable {
    /// Elastic Beanstalk's version label; nil for an environment without one.
    public let version: String?
    /// The platform of the hosts in OCI's names, `linux/amd64`; nil if it is not known or they differ.
    public let platform: String?
    /// The images, in the order of containers and then of the tasks' definitions.
    public let images: [RunningImage]

    /// Creates a running set.
    public init(version: String?, platform: String? = nil, images: [RunningImage]) {
        self.version = version
        self.platform = platform
        self.images = images
    }

    /// The images of each container.
    package var byContainer: [String: [RunningImage]] { Dictionary(grouping: images, by: \.container) }

    /// The set with the configs that are known of its images.
    package func resolved(by manifests: ManifestIndex) -> RunningSet {
        RunningSet(
            version: version, platform: platform,
            images: images.map { image in
                let config = image.image.digest.flatMap { manifests.config(of: $0, for: platform) }
                return RunningImage(container: image.container, image: image.image, config: config ?? image.config)
            })
    }

    /// Whether it differs from an earlier set by a deployment: another version, or other images in a container.
    ///
    /// A container without a task alone is not a deployment, since tasks are restarted for many reasons. Images of which it is
    /// not known whether they are the same count as other ones.
    package func isDeployment(after earlier: RunningSet) -> Bool {
        if version != earlier.version { return true }
        let before = earlier.byContainer
        return byContainer.contains { container, images in
            before[container].map { !images.areSame(as: $0) } ?? true
        }
    }
}

extension [RunningImage] {
    /// Whether each image is among the others, and the other way round.
    package func areSame(as others: [RunningImage]) -> Bool {
        allSatisfy { image in others.contains { $0.isSameImage(as: image) == true } }
            && others.allSatisfy { other in contains { $0.isSameImage(as: other) == true } }
    }
}
