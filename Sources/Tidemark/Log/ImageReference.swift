/// A container image as a description names it.
public struct ImageReference: Hashable, Sendable {
    /// The repository with its registry: `123456789012.dkr.ecr.us-west-2.amazonaws.com/antenna-backend`.
    public let repository: String
    /// The tag; nil for an image that is named by its digest.
    public let tag: String?
    /// `sha256:…`; nil if AWS does not report it.
    public let digest: String?

    /// Creates a reference.
    public init(repository: String, tag: String?, digest: String?) {
        self.repository = repository
        self.tag = tag
        self.digest = digest
    }

    /// The name without the registry: `antenna-backend:v10`, or `antenna-backend@sha256:…` for an image without a tag.
    public var name: String {
        let repository = ECRRepositoryURI(repository)?.name ?? repository
        if let tag { return "\(repository):\(tag)" }
        return digest.map { "\(repository)@\($0)" } ?? repository
    }
}
