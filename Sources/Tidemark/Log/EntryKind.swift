/// The kind of an entry. An entry of an unknown kind is verified and otherwise skipped.
public struct EntryKind: RawRepresentable, Hashable, Sendable {
    /// The name in the log: `snapshot`.
    public let rawValue: String

    /// Names a kind.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// Whether this version of Tidemark reads entries of the kind.
    package var isKnown: Bool { affectsState || self == .moved || self == .note }
    /// Whether an entry of the kind shows a state, which a moment can name.
    package var showsState: Bool { self == .snapshot || self == .checkpoint }
    /// Whether the state of later entries rests on an entry of the kind.
    package var affectsState: Bool { self == .binding || showsState }

    /// Ties the environment's name to AWS.
    public static let binding = EntryKind(rawValue: "binding")
    /// Repeats the whole state before it, so that older entries can be removed or erased.
    public static let checkpoint = EntryKind(rawValue: "checkpoint")
    /// Ends the chain, and says where it goes on.
    public static let moved = EntryKind(rawValue: "moved")
    /// Corrects or comments an entry before it. It shows no state, and changes none.
    public static let note = EntryKind(rawValue: "note")
    /// Records an observation.
    public static let snapshot = EntryKind(rawValue: "snapshot")
}
