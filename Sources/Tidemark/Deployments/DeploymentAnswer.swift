/// The answer to a question about a name: the deployments of a tag, a label, a digest or a commit.
public struct DeploymentAnswer: Sendable {
    /// What a name means.
    public enum Meaning: Sendable, Hashable {
        /// The label of a release.
        case label
        /// The tag of an image.
        case tag
        /// A digest, or its beginning.
        case digest
        /// A commit, or its beginning, of a release or of an image's label `org.opencontainers.image.revision`.
        case commit
    }

    /// Everything that the name means.
    public let meanings: [Meaning]
    /// The deployments, newest first. Each has the images that the name means; one that only a label names has those that it
    /// changed, or else all.
    public let deployments: [Deployment]
    /// The number of other releases during which the images ran as they were.
    public let unchangedReleases: Int
    /// The whole digest that the question names, if some of the images that ran have another one: it is another index of the
    /// same image.
    public let otherIndex: String?

    package init(
        meanings: [Meaning], deployments: [Deployment], unchangedReleases: Int = 0, otherIndex: String? = nil
    ) {
        self.meanings = meanings
        self.deployments = deployments
        self.unchangedReleases = unchangedReleases
        self.otherIndex = otherIndex
    }
}
