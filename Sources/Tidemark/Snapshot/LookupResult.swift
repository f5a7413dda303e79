import StrictJSON

/// The result of looking up a facet or a value in a snapshot.
public enum LookupResult: Sendable {
    /// It exists.
    case seen(JSON)
    /// It does not exist.
    case absent
    /// It was not observed, and may differ from its last known value.
    case unseen(Unseen, lastSeen: JSON?)
}
