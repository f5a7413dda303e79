/// The image that a tag points at now, compared with the one that was deployed.
public enum TagStatus: Sendable, Hashable {
    /// The digest that was deployed.
    case same
    /// Another digest, since an entry.
    case moved(to: String, DatedEntry)
    /// The tag does not exist any more, since an entry.
    case gone(DatedEntry)
    /// The newest snapshot did not see it; `lastSeen` is its last known digest.
    case unseen(Unseen, lastSeen: String?)
    /// The registry is not observed, or AWS did not report the digest that ran.
    case unknown
}
