import StrictJSON

/// What can be said about a facet or a value.
public enum LookupResult: Sendable {
    case seen(JSON)
    /// It was looked for and is not there.
    case absent
    /// It could not be observed; it may be as it was last seen, and it may not.
    case unseen(Unseen, lastSeen: JSON?)
}
