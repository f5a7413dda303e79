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
