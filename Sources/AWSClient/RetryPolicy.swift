/// How often and how long a failed HTTP call is repeated.
///
/// Waits follow "Exponential Backoff And Jitter" of the AWS Architecture Blog, with full jitter: a random part of a
/// bound that doubles each time.
public struct RetryPolicy: Sendable, Hashable {
    /// How many times a call is made at most, the first included.
    public var maximumAttempts = 3
    /// The bound of the first wait.
    public var base: Duration = .milliseconds(100)
    /// No bound grows beyond this.
    public var cap: Duration = .seconds(5)
    /// How long one page may take with all its attempts and waits.
    public var deadline: Duration = .seconds(60)

    public init() {}

    /// How long to wait before the next attempt.
    /// - Parameters:
    ///   - attempt: How many attempts have failed: at least 1.
    ///   - random: From 0 up to 1.
    ///   - asked: The least that the server asked for, in `Retry-After`.
    func wait(after attempt: Int, random: Double, asked: Duration?) -> Duration {
        let bound = min(cap, base * (1 << min(attempt - 1, 20)))
        return max(bound * random, asked ?? .zero)
    }
}
