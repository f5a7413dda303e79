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

/// An image as a description names it.
public struct ImageReference: Hashable, Sendable {
    /// With its registry: `123456789012.dkr.ecr.us-west-2.amazonaws.com/antenna-backend`.
    public let repository: String
    public let tag: String?
    /// Nil where AWS does not say it.
    public let digest: String?

    public init(repository: String, tag: String?, digest: String?) {
        self.repository = repository
        self.tag = tag
        self.digest = digest
    }

    /// As people write it, without the registry: `antenna-backend:v10`, and without a tag `antenna-backend@sha256:…`.
    public var name: String {
        let repository = ECRRepositoryURI(repository)?.name ?? repository
        if let tag { return "\(repository):\(tag)" }
        return digest.map { "\(repository)@\($0)" } ?? repository
    }
}
