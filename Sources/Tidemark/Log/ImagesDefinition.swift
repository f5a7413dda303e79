import StrictJSON

/// The container images that a kind's descriptions name.
public struct ImagesDefinition: Sendable {
    /// The place at which the images are seen.
    public let vantage: Vantage
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
        _ vantage: Vantage, find: @escaping @Sendable (_ identity: String, _ description: JSON) -> [ImageReference]
    ) {
        self.vantage = vantage
        self.find = find
    }
}
