/// The limits on a recorder's wait for other recorders of the same environment.
public struct LockTimeout: Sendable, Hashable {
    /// The longest wait for the lock, and the longest time during which an overtaken walk is repeated.
    public var total: Duration
    /// The wait after which `isWaiting` is called.
    public var quiet: Duration

    /// Creates a timeout; the default of five minutes is enough for eight recorders of half a minute each, and no pipeline
    /// hangs for long because of a stopped one.
    public init(total: Duration = .seconds(300), quiet: Duration = .seconds(5)) {
        self.total = total
        self.quiet = quiet
    }
}
