import StrictJSON

/// The entries of an environment that were removed or erased, so that a list from the history may lack something.
public struct MissingEntries: Sendable, Hashable, CustomStringConvertible {
    /// The environment that had the entries.
    public let environment: EnvironmentName
    /// The first entry that was not removed; nil if none was removed.
    public let removedBefore: Seq?
    /// The newest entry that was erased; nil if none was erased.
    public let erasedUpTo: Seq?

    /// Nil if no entry was removed or erased.
    package init?(environment: EnvironmentName, removedBefore: Seq?, erasedUpTo: Seq?) {
        if removedBefore == nil, erasedUpTo == nil { return nil }
        self.environment = environment
        self.removedBefore = removedBefore
        self.erasedUpTo = erasedUpTo
    }

    /// The entries in words: `the entries before @4 were removed`.
    public var description: String {
        [
            removedBefore.map { "the entries before \($0) were removed" },
            erasedUpTo.map { "entries up to \($0) were erased" },
        ].compactMap(\.self).joined(separator: ", and ")
    }
}
