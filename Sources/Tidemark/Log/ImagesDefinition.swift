import StrictJSON

/// The container images that a kind's descriptions name.
public struct ImagesDefinition: Sendable {
    public let vantage: Vantage
    public let find: @Sendable (_ identity: String, _ description: JSON) -> [ImageReference]

    /// From where an image is seen. They can disagree: a tag may be pushed again after the deploy.
    public enum Vantage: String, Sendable, Hashable {
        /// What a container runs.
        case running
        /// What a tag points at.
        case registry
    }

    public init(
        _ vantage: Vantage, find: @escaping @Sendable (_ identity: String, _ description: JSON) -> [ImageReference]
    ) {
        self.vantage = vantage
        self.find = find
    }
}
