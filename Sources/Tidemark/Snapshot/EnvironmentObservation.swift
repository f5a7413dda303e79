import StrictJSON

/// What one walk saw, secrets already cut: the part of a snapshot that comes from AWS now, before it is laid over what
/// was seen earlier.
public struct EnvironmentObservation: Sendable {
    public var started: Timestamp
    public var finished: Timestamp
    /// AWS's own clock when it answered first, beside which a wrong clock here shows.
    public var awsTime: Timestamp?
    public var binding: EnvironmentBinding
    /// The caller, as AWS attests it: an ARN.
    public var caller: String
    /// Facets that were answered: their content, or nil where AWS says that there is none.
    public var facets: [FacetID: JSON?]
    public var coverage: Coverage
    public var readings: [Reading]
    public var fingerprints: [Fingerprint]
    /// Whether secrets were fingerprinted, so that one that is missing here is gone.
    public var keyID: String?
    public var decoders: [Kind: String]
    /// Why the environment was not at rest; empty when it was.
    public var unsettled: [String]
    /// Why the deployment that is there counts as failed; empty when it does not.
    public var failures: [String]
    /// What it took; no part of a snapshot.
    public var effort: WalkStatistics

    public init(
        started: Timestamp, finished: Timestamp, awsTime: Timestamp? = nil, binding: EnvironmentBinding, caller: String,
        facets: [FacetID: JSON?],
        coverage: Coverage, readings: [Reading] = [], fingerprints: [Fingerprint] = [], keyID: String? = nil,
        decoders: [Kind: String] = [:], unsettled: [String] = [], failures: [String] = [],
        effort: WalkStatistics = WalkStatistics()
    ) {
        self.started = started
        self.finished = finished
        self.awsTime = awsTime
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
        self.effort = effort
    }

    public var isSettled: Bool { unsettled.isEmpty }

    /// How many seconds the clock here was off AWS's own, where that is more than two minutes.
    public var clockError: Int64? { clockOffset == 0 ? nil : abs(clockOffset) / 1000 }

    /// A time of the clock here, as AWS's clock shows it.
    public func onAWSClock(_ time: Timestamp) -> Timestamp { time + clockOffset }

    /// How many milliseconds AWS's clock was ahead of the one here; 0 where they differ by two minutes at most.
    private var clockOffset: Int64 { awsTime.map { started.offset(to: $0) } ?? 0 }
}

extension EnvironmentObservation {
    /// Whether AWS was asked for a resource, and said that it does not exist.
    public func isAbsent(_ resource: ResourceID) -> Bool {
        if case .some(nil) = facets[FacetID(resource, Snapshot.description)] { true } else { false }
    }
}
