/// How often and how long a failed HTTP call is repeated: as in botocore's retry mode `standard`.
///
/// Waits follow "Exponential Backoff And Jitter" of the AWS Architecture Blog, with full jitter: a random part of a
/// bound that doubles each time.
public struct RetryPolicy: Sendable, Hashable {
    /// The number of attempts, the first included.
    public var maximumAttempts = 3
    /// The bound of the first wait.
    public var base: Duration = .seconds(1)
    /// The largest bound of a wait.
    public var cap: Duration = .seconds(20)
    /// The time for one page, with all its attempts and waits.
    public var deadline: Duration = .seconds(60)

    public init() {}

    /// The time to wait before the next attempt.
    /// - Parameters:
    ///   - attempt: How many attempts have failed: at least 1.
    ///   - random: From 0 up to 1.
    ///   - asked: The least that the server asked for, in `Retry-After`.
    func wait(after attempt: Int, random: Double, asked: Duration?) -> Duration {
        let bound = min(cap, base * (1 << min(attempt - 1, 20)))
        return max(bound * random, asked ?? .zero)
    }
}

extension RetryPolicy {
    /// The policy that the user's settings name: `AWS_MAX_ATTEMPTS`, else the profile's `max_attempts`.
    ///
    /// botocore takes a whole number of at least 1. A variable that is set and empty does not count, as everywhere here.
    /// - Throws: An `AWSError` of kind `invalid` for any other value.
    init(_ environment: [String: String], _ profile: SharedConfig.Profile) throws(AWSError) {
        self.init()
        if let text = environment["AWS_MAX_ATTEMPTS"], !text.isEmpty {
            maximumAttempts = try Self.attempts(text, "AWS_MAX_ATTEMPTS")
        } else if let option = profile.value("max_attempts") {
            let source = "max_attempts of profile '\(profile.name)'"
            // A block has no text, so it is not a number.
            if option.text != "" { maximumAttempts = try Self.attempts(option.text ?? "", source) }
        }
    }

    private static func attempts(_ text: String, _ source: String) throws(AWSError) -> Int {
        let words = text.split(whereSeparator: \.isWhitespace)
        guard words.count == 1, let number = Int(words[0]), number >= 1 else {
            throw AWSError(
                kind: .invalid,
                message: "invalid number of attempts '\(Scrubber(nil)(text))' in \(source): "
                    + "write a whole number of at least 1")
        }
        return number
    }
}
