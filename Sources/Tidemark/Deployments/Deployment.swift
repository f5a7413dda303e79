/// A change of what an environment runs, as its snapshots show it, with the releases that book it.
///
/// It is an observation, whether or not somebody recorded a release: it took place between two settled snapshots.
public struct Deployment: Sendable {
    /// What a deployment was observed to be.
    public enum Evidence: Sendable, Hashable {
        /// A settled snapshot shows another running set than the one before.
        case change
        /// The first state that is known: what ran before is not.
        case firstState
        /// Only unsettled snapshots show it so far.
        case underWay
    }

    /// What runs in its place.
    public enum Succession: Sendable, Hashable {
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
    public let kind: Evidence
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
    /// What runs from then on, compared with what ran before.
    public let change: RunningChange
    /// The images of the deployment that the question is about, in the order of their names.
    public let images: [DeployedImage]
    /// The releases that book it, oldest first; empty for an unrecorded deployment.
    public let bookings: [BookedRelease]
    /// What runs in its place.
    public let outcome: Succession
    /// Why the containers were not all seen then; the others are as last seen. Nil if they were seen.
    public let unseen: Unseen?
    /// The checkpoint that shows it, since entries before that were removed or erased; nil if it has an entry of its own.
    public let checkpoint: Seq?

    package init(
        environment: EnvironmentName, kind: Evidence, seq: Seq, at: Timestamp, entry: ContentHash, actor: String?,
        unsettled: [UnsettledReason] = [], after: DatedEntry?, change: RunningChange,
        images: [DeployedImage], bookings: [BookedRelease], outcome: Succession = .current, unseen: Unseen? = nil,
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
        self.change = change
        self.images = images
        self.bookings = bookings
        self.outcome = outcome
        self.unseen = unseen
        self.checkpoint = checkpoint
    }

    /// The first release that books it; nil if nobody recorded it.
    public var booking: BookedRelease? { bookings.first }

    /// Whether it is a deployment that nobody recorded a release for.
    public var isUnrecorded: Bool { kind == .change && bookings.isEmpty }

    /// Why the deployment counts as failed, as the release recorded it that books it; empty if it does not.
    public var failures: [DeploymentFailure] { booking?.failures ?? [] }
}

/// A release as the booking of what an environment runs.
public struct BookedRelease: Sendable, Hashable {
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

    /// Whether what it deployed counts as failed, by Elastic Beanstalk or by a probe.
    public var isFailed: Bool { !failures.isEmpty || recorded.release.hasFailedProbe }
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

    /// The image, compared with what its containers ran before.
    public let change: ImageChange
    /// Whether it still runs.
    public let state: State
    /// What its tag points at now.
    public let tag: TagStatus

    package init(_ change: ImageChange, state: State, tag: TagStatus) {
        self.change = change
        self.state = state
        self.tag = tag
    }
}
