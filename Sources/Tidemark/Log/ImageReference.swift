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
