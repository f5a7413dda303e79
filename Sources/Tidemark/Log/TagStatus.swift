/// The image that a tag points at now, compared with the one that was deployed.
public enum TagStatus: Sendable, Hashable {
    /// The digest that was deployed.
    case same
    /// Another digest of the same image for the host's platform, since an entry: it was pushed again.
    case pushedAgain(digest: String, DatedEntry)
    /// Another image, since an entry.
    case moved(to: String, DatedEntry)
    /// Another digest, since an entry; whether it is another image is not known.
    case undetermined(digest: String, DatedEntry)
    /// The tag does not exist any more, since an entry.
    case gone(DatedEntry)
    /// The newest snapshot did not see it; `lastSeen` is its last known digest.
    case unseen(Unseen, lastSeen: String?)
    /// The registry is not observed, or AWS did not report the digest that ran.
    case unknown
}
