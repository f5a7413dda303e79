import StrictJSON

/// The result of one walk, with secrets redacted: the part of a snapshot that comes from AWS now, before it is merged with
/// earlier snapshots.
public struct EnvironmentObservation: Sendable {
    /// When the walk started, by this machine's clock.
    public var started: Timestamp
    /// When the walk finished, by this machine's clock.
    public var finished: Timestamp
    /// AWS's clock when it answered first; nil if its answer had no time.
    public var awsClock: ClockReading?
    /// The AWS account, region and Elastic Beanstalk environment that were observed.
    public var binding: EnvironmentBinding
    /// The caller's ARN, attested by AWS.
    public var caller: String
    /// The content of each answered facet; nil if AWS reports that it does not exist.
    public var facets: [FacetID: JSON?]
    /// The outcome of every question.
    public var coverage: Coverage
    /// The volatile values, sorted by resource and name.
    public var readings: [Reading]
    /// The fingerprints of all secrets that were seen; empty without a key.
    public var fingerprints: [Fingerprint]
    /// The id of the key for fingerprints; nil if secrets were not fingerprinted. With a key, a missing secret is gone.
    public var keyID: String?
    /// The decoder version by which the answers of each kind were read.
    public var decoders: [Kind: String]
    /// Why the environment was unsettled; empty if it was settled.
    public var unsettled: [UnsettledReason]
    /// Why the deployment in the environment counts as failed; empty if it does not.
    public var failures: [DeploymentFailure]
    /// The number of calls and their longest chain, which are not part of a snapshot.
    public var statistics: WalkStatistics

    /// Creates an observation.
    public init(
        started: Timestamp, finished: Timestamp, awsClock: ClockReading? = nil, binding: EnvironmentBinding,
        caller: String,
        facets: [FacetID: JSON?],
        coverage: Coverage, readings: [Reading] = [], fingerprints: [Fingerprint] = [], keyID: String? = nil,
        decoders: [Kind: String] = [:], unsettled: [UnsettledReason] = [],
        failures: [DeploymentFailure] = [],
        statistics: WalkStatistics = WalkStatistics()
    ) {
        self.started = started
        self.finished = finished
        self.awsClock = awsClock
        self.binding = binding
        self.caller = caller
        self.facets = facets
        self.coverage = coverage
        self.readings = readings
        self.fingerprints = fingerprints
        self.keyID = keyID
        self.decoders = decoders
        self.unsettled = unsettled
        self.failures = failures
        self.statistics = statistics
    }

    /// Whether the environment was Ready and unchanged during the walk.
    public var isSettled: Bool { unsettled.isEmpty }

    /// The seconds by which this machine's clock differs from AWS's; nil for up to two minutes.
    public var clockError: Int64? { clockOffset == 0 ? nil : abs(clockOffset) / 1000 }

    /// The milliseconds by which AWS's clock is ahead of this machine's; 0 for up to two minutes.
    private var clockOffset: Int64 { awsClock.map { started.offset(to: $0.time) } ?? 0 }
}

extension EnvironmentObservation {
    /// Whether AWS reported that a resource does not exist.
    package func isAbsent(_ resource: ResourceID) -> Bool {
        if case .some(nil) = facets[FacetID(resource, Snapshot.description)] { true } else { false }
    }
}
