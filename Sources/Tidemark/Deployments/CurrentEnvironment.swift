/// What an environment runs now, and which deployments brought it.
public struct CurrentEnvironment: Sendable {
    /// An image that runs.
    public struct Image: Sendable {
        /// The image, with the containers that run it.
        public let image: DeployedImage
        /// The deployment with which it began to run; nil if only unsettled snapshots show it.
        public let broughtBy: Deployment?

        package init(image: DeployedImage, broughtBy: Deployment?) {
            self.image = image
            self.broughtBy = broughtBy
        }
    }

    /// The environment.
    public let environment: EnvironmentName
    /// The newest snapshot.
    public let asOf: DatedEntry
    /// Why the environment was unsettled then; empty if it was settled.
    public let unsettled: [UnsettledReason]
    /// The newest deployment that settled snapshots show; nil if there is no settled snapshot.
    public let newest: Deployment?
    /// What only unsettled snapshots show so far.
    public let underWay: Deployment?
    /// The images that run, in the order of their names.
    public let images: [Image]
    /// Why the containers were not all seen; the others are as last seen. Nil if they were seen.
    public let unseen: Unseen?

    package init(
        environment: EnvironmentName, asOf: DatedEntry, unsettled: [UnsettledReason], newest: Deployment?,
        underWay: Deployment?, images: [Image], unseen: Unseen?
    ) {
        self.environment = environment
        self.asOf = asOf
        self.unsettled = unsettled
        self.newest = newest
        self.underWay = underWay
        self.images = images
        self.unseen = unseen
    }
}
