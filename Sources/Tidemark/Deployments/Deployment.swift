/// A change of what an environment runs, as its snapshots show it, with the releases that book it.
///
/// It is an observation, whether or not somebody recorded a release: it took place between two settled snapshots.
public struct Deployment: Sendable {
    /// What a deployment was observed to be.
    public enum Kind: Sendable, Hashable {
        /// A settled snapshot shows another running set than the one before.
        case change
        /// The first state that is known: what ran before is not.
        case firstState
        /// Only unsettled snapshots show it so far.
        case underWay
    }

    /// What runs in its place.
    public enum Outcome: Sendable, Hashable {
        /// Nothing else was deployed since.
        case current
        /// Another deployment followed, at this entry.
        case replaced(DatedEntry)
        /// The deployment that followed within 24 hours brought back what had run before.
        case rolledBack(DatedEntry)
    }

    /// The environment in which the images run.
    public let environment: EnvironmentName
    /// What it was observed to be.
    public let kind: Kind
    /// The entry of the snapshot that shows it.
    public let seq: Seq
    /// When that entry was appended.
    public let at: Timestamp
    /// The hash of that entry.
    public let entry: ContentHash
    /// The ARN of the caller who recorded the entry, attested by AWS; nil if nobody attested it.
    public let actor: String?
    /// Why the environment was unsettled then; empty if it was settled.
    public let unsettled: [UnsettledReason]
    /// The settled snapshot after which it took place, which saw all containers; nil for the first state.
    public let after: DatedEntry?
    /// What ran before; nil for the first state.
    public let before: RunningSet?
    /// What runs from then on.
    public let running: RunningSet
    /// The images of the deployment that the question is about, in the order of their names.
    public let images: [DeployedImage]
    /// The releases that book it, oldest first; empty for an unrecorded deployment.
    public let bookings: [Booking]
    /// What runs in its place.
    public let outcome: Outcome
    /// Why the containers were not all seen then; the others are as last seen. Nil if they were seen.
    public let unseen: Unseen?
    /// The checkpoint that shows it, since entries before that were removed or erased; nil if it has an entry of its own.
    public let checkpoint: Seq?

    package init(
        environment: EnvironmentName, kind: Kind, seq: Seq, at: Timestamp, entry: ContentHash, actor: String?,
        unsettled: [UnsettledReason] = [], after: DatedEntry?, before: RunningSet?, running: RunningSet,
        images: [DeployedImage], bookings: [Booking], outcome: Outcome = .current, unseen: Unseen? = nil,
        checkpoint: Seq? = nil
    ) {
        self.environment = environment
        self.kind = kind
        self.seq = seq
        self.at = at
        self.entry = entry
        self.actor = actor
        self.unsettled = unsettled
        self.after = after
        self.before = before
        self.running = running
        self.images = images
        self.bookings = bookings
        self.outcome = outcome
        self.unseen = unseen
        self.checkpoint = checkpoint
    }

    /// The first release that books it; nil if nobody recorded it.
    public var booking: Booking? { bookings.first }

    /// Whether it is a deployment that nobody recorded a release for.
    public var isUnrecorded: Bool { kind == .change && bookings.isEmpty }

    /// Why the deployment counts as failed, as its releases recorded it; empty if it does not.
    public var failures: [DeploymentFailure] { bookings.last(where: { !$0.failures.isEmpty })?.failures ?? [] }
}

/// A release as the booking of what an environment runs.
public struct Booking: Sendable, Hashable {
    /// The release, with the entry that records it.
    public let recorded: RecordedRelease
    /// The hash of that entry, or of the checkpoint that repeats it.
    public let entry: ContentHash
    /// Why the environment was unsettled then; empty if it was settled.
    public let unsettled: [UnsettledReason]
    /// Why the deployment counted as failed then; empty if it did not.
    public let failures: [DeploymentFailure]

    package init(
        _ recorded: RecordedRelease, entry: ContentHash, unsettled: [UnsettledReason] = [],
        failures: [DeploymentFailure] = []
    ) {
        self.recorded = recorded
        self.entry = entry
        self.unsettled = unsettled
        self.failures = failures
    }
}

/// An image of a deployment, and where it is now.
public struct DeployedImage: Sendable, Hashable {
    /// Whether an image still runs.
    public enum State: Sendable, Hashable {
        /// It ran in the newest snapshot; with the reasons if the environment was unsettled then.
        case runs(asOf: Timestamp, unsettled: [UnsettledReason] = [])
        /// It did not run any more from this entry on.
        case ended(DatedEntry)
        /// The newest snapshot did not see it; it ran when last seen.
        case unseen(Unseen)
    }

    /// The image as the containers' task definitions name it.
    public let image: ImageReference
    /// The digest of its config for the host's platform; nil if it is not known.
    public let config: String?
    /// The containers that run it, sorted.
    public let containers: [String]
    /// The images that these containers ran before; empty if they are new or that is not known.
    public let before: [ImageReference]
    /// Whether these containers ran the same image before; nil if that is not known.
    public let isAsBefore: Bool?
    /// Whether it still runs.
    public let state: State
    /// What its tag points at now.
    public let tag: TagStatus

    package init(
        image: ImageReference, config: String?, containers: [String], before: [ImageReference], isAsBefore: Bool?,
        state: State, tag: TagStatus
    ) {
        self.image = image
        self.config = config
        self.containers = containers
        self.before = before
        self.isAsBefore = isAsBefore
        self.state = state
        self.tag = tag
    }
}
