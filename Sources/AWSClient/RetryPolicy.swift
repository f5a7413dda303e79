/// The retries of a failed HTTP call, as in botocore's retry mode `standard`.
///
/// Waits follow "Exponential Backoff And Jitter" of the AWS Architecture Blog, with full jitter: a random part of a
/// bound that doubles with each attempt.
public struct RetryPolicy: Sendable, Hashable {
    /// The number of attempts, the first included.
    public var maximumAttempts = 3
    /// The bound of the first wait.
    public var base: Duration = .seconds(1)
    /// The largest bound of any wait.
    public var cap: Duration = .seconds(20)
    /// The time for one page, with all its attempts and waits.
    public var deadline: Duration = .seconds(60)

    /// Creates the default policy: three attempts within 60 seconds.
    public init() {}

    /// The time to wait before the next attempt.
    /// - Parameters:
    ///   - attempt: The number of failed attempts, at least 1.
    ///   - random: A random number in 0..<1.
    ///   - minimum: The least time that the server demands, in `Retry-After`.
    func delay(after attempt: Int, random: Double, minimum: Duration?) -> Duration {
        let bound = min(cap, base * (1 << min(attempt - 1, 20)))
        return max(bound * random, minimum ?? .zero)
    }
}

extension RetryPolicy {
    /// The policy of the user's settings: `AWS_MAX_ATTEMPTS`, else the profile's `max_attempts`.
    ///
    /// Like botocore, it accepts a whole number of at least 1. An empty variable counts as unset, as for every other
    /// setting.
    /// - Throws: `AWSError` with reason `invalid` for any other value.
    init(_ environment: [String: String], _ profile: SharedConfig.Profile) throws(AWSError) {
        self.init()
        if let text = environment["AWS_MAX_ATTEMPTS"], !text.isEmpty {
            maximumAttempts = try Self.attempts(text, "AWS_MAX_ATTEMPTS")
        } else if let option = profile.value("max_attempts") {
            let source = "max_attempts of profile '\(profile.name)'"
            // A nested block has no text, so it is not a number.
            if option.text != "" { maximumAttempts = try Self.attempts(option.text ?? "", source) }
        }
    }

    private static func attempts(_ text: String, _ source: String) throws(AWSError) -> Int {
        let words = text.split(whereSeparator: \.isWhitespace)
        guard words.count == 1, let number = Int(words[0]), number >= 1 else {
            throw AWSError(
                reason: .invalid,
                message: "invalid number of attempts '\(Scrubber(nil)(text))' in \(source): "
                    + "write a whole number of at least 1")
        }
        return number
    }
}
