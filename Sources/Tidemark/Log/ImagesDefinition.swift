import StrictJSON

/// The container images that a kind's descriptions name.
public struct ImagesDefinition: Sendable {
    /// The place at which the images are seen.
    public let vantage: Vantage
    /// The version of `find`, from 1: another one finds other images in the same description.
    public let version: Int
    /// Finds the images in a description.
    public let find: @Sendable (_ identity: String, _ description: JSON) -> [ImageReference]

    /// The place at which an image is seen. The two can disagree: a tag may be pushed again after a deploy.
    public enum Vantage: String, Sendable, Hashable {
        /// In a container that runs it.
        case running
        /// In a registry, where a tag points at it.
        case registry
    }

    /// Creates a definition.
    public init(
        _ vantage: Vantage, version: Int = 1,
        find: @escaping @Sendable (_ identity: String, _ description: JSON) -> [ImageReference]
    ) {
        self.vantage = vantage
        self.version = version
        self.find = find
    }
}
