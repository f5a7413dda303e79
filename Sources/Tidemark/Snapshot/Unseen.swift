/// The reason why something was not observed.
public struct Unseen: Sendable, Hashable {
    /// The reason in one line.
    public let reason: String
    /// What to do about it, if that is known.
    public let remedy: Remedy?

    /// Creates a reason.
    public init(reason: String, remedy: Remedy? = nil) {
        self.reason = reason
        self.remedy = remedy
    }

    package static let unknownKind = Unseen(
        reason: "the snapshot was recorded without the kind: by a tidemark that does not know it, or without manifests",
        remedy: "record a snapshot with this one")

    package static let notFingerprinted = Unseen(
        reason: "the snapshot was recorded without a key, so that secrets cannot be compared",
        remedy: .provideKey)

    package static func notObserved(_ resource: ResourceID) -> Unseen {
        Unseen(reason: "\(resource) was not observed", remedy: "record a snapshot")
    }

    package init(_ gap: Gap) {
        self.init(reason: gap.summary, remedy: gap.remedy)
    }
}
