import StrictJSON

/// What can be said about a facet or a value.
public enum LookupResult: Sendable {
    case seen(JSON)
    /// It was looked for and is not there.
    case absent
    /// It could not be observed; it may be as it was last seen, and it may not.
    case unseen(Unseen, lastSeen: JSON?)
}

/// Why something could not be observed.
public struct Unseen: Sendable, Hashable {
    public let reason: String
    /// What to do about it, where that is known.
    public let remedy: String?

    public init(reason: String, remedy: String? = nil) {
        self.reason = reason
        self.remedy = remedy
    }

    public static let unknownKind = Unseen(
        reason: "the snapshot was taken by a tidemark that does not know the kind",
        remedy: "record a snapshot with this one")

    package static let notFingerprinted = Unseen(
        reason: "the snapshot was taken without a key, so that secrets cannot be compared",
        remedy: "set TIDEMARK_KEY or pass --key-file when recording")

    public static func notLookedAt(_ resource: ResourceID) -> Unseen {
        Unseen(reason: "\(resource) was not looked at", remedy: "record a snapshot")
    }

    public init(_ gap: Gap) {
        self.init(reason: gap.summary, remedy: gap.remedy)
    }
}
