/// The kind of an entry. An entry of an unknown kind is verified and otherwise skipped.
public struct EntryKind: RawRepresentable, Hashable, Sendable {
    /// The name in the log: `snapshot`.
    public let rawValue: String

    /// Names a kind.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// Whether this version of Tidemark reads entries of the kind.
    package var isKnown: Bool { [.binding, .snapshot].contains(self) }

    /// Ties the environment's name to AWS.
    public static let binding = EntryKind(rawValue: "binding")
    /// Begins a chain whose older entries were removed; its body is the state before.
    public static let checkpoint = EntryKind(rawValue: "checkpoint")
    /// Records an observation.
    public static let snapshot = EntryKind(rawValue: "snapshot")
}
