/// What an entry records. A kind that this version does not know is verified and otherwise passed over.
public struct EntryKind: RawRepresentable, Hashable, Sendable {
    public let rawValue: String

    public init(rawValue: String) { self.rawValue = rawValue }

    public static let binding = EntryKind(rawValue: "binding")
    public static let snapshot = EntryKind(rawValue: "snapshot")
}
