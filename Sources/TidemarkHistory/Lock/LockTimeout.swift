import Tidemark

/// How long a recorder lets others go first.
public struct LockTimeout: Sendable, Hashable {
    /// How long it waits for its turn, and walks again where others do not keep to theirs, in all.
    public var total: Duration
    /// How long it waits before it says so.
    public var quiet: Duration

    /// Five minutes: eight recorders of half a minute each; and no pipeline hangs for long on one that was stopped.
    public init(total: Duration = .seconds(300), quiet: Duration = .seconds(5)) {
        self.total = total
        self.quiet = quiet
    }
}
