/// What a tag means in the registry now, beside what was deployed by it.
public enum TagStatus: Sendable, Hashable {
    /// Still the bytes that were deployed.
    case same
    /// Other bytes since an entry.
    case moved(to: String, Seq, Timestamp)
    /// It is there no more.
    case gone(Seq, Timestamp)
    /// It could not be looked at; what it was when it was last seen is in `lastSeen`.
    case unseen(Unseen, lastSeen: String?)
    /// Its registry is not looked at, or AWS did not say which bytes ran.
    case unknown
}
