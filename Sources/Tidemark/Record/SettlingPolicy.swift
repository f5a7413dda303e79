/// What `record` does if the environment is unsettled: an observation of it may show half of a deploy.
public enum SettlingPolicy: Sendable {
    /// Refuses to record a release. A snapshot without a release is recorded and marked as unsettled.
    case refuse
    /// Records the environment as it is; every report marks the snapshot as unsettled.
    case allow
    /// Waits until the environment is settled before it is recorded.
    case wait(Wait)

    /// A wait for an environment: its limit, and a function that polls.
    public struct Wait: Sendable {
        /// The longest wait in all, even if another deploy begins meanwhile.
        public let limit: Duration
        let settle: @Sendable (_ reasons: [UnsettledReason], _ timeout: Duration) async throws -> [UnsettledReason]

        /// Creates a wait from its limit and a function that polls the environment.
        /// - Parameter settle: Polls until the environment is settled or `timeout` has passed. Receives why it was unsettled
        ///   when it was last observed, empty if that is unknown; returns why it still is, empty if it is settled.
        public init(
            limit: Duration,
            settle:
                @escaping @Sendable (_ reasons: [UnsettledReason], _ timeout: Duration) async throws ->
                [UnsettledReason]
        ) {
            self.limit = limit
            self.settle = settle
        }
    }

    var limit: Duration? { if case .wait(let wait) = self { wait.limit } else { nil } }
}
