import Tidemark

/// What is done about an environment that is not at rest: what is seen of it then may be half of a deploy.
public enum SettlingPolicy: Sendable {
    /// A release is not recorded. A snapshot that shows none is, and says that it was unsettled.
    case refuse
    /// It is recorded as it is, and every report says so.
    case allow
    /// Nothing is recorded before it is at rest.
    case wait(Wait)

    /// How to wait until an environment is at rest.
    public struct Wait: Sendable {
        /// How long in all, also where another deploy begins meanwhile.
        public let limit: Duration
        let settle: @Sendable (_ reasons: [String], _ deadline: ContinuousClock.Instant) async throws -> [String]

        /// - Parameter settle: Is given why the environment was not at rest when it was last looked at, or nothing where that
        ///   is not known; asks again until it is at rest or the deadline is over, and returns why it is not.
        public init(
            limit: Duration,
            settle:
                @escaping @Sendable (_ reasons: [String], _ deadline: ContinuousClock.Instant) async throws -> [String]
        ) {
            self.limit = limit
            self.settle = settle
        }
    }
}

extension SettlingPolicy {
    var limit: Duration? { if case .wait(let wait) = self { wait.limit } else { nil } }
}
