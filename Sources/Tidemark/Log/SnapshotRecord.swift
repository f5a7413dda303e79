import StrictJSON

/// All that a snapshot says beside its facets: what its entry has, and what it has from the snapshots before.
public struct SnapshotRecord: Sendable, Hashable {
    /// When and by whom the snapshot was observed, if it was recorded later; nil if it was recorded after its walk.
    public let late: SnapshotBody.Late?
    /// When the walk started, by the recorder's clock.
    public let started: Timestamp
    /// When the walk finished, by the recorder's clock.
    public let finished: Timestamp
    /// Why the environment was unsettled; empty if it was settled.
    public let unsettled: [UnsettledReason]
    /// Why the deployment in the environment counts as failed; empty if it does not.
    public let failures: [DeploymentFailure]
    /// The number of questions.
    public let questionCount: Int
    /// The questions that were not answered.
    public let gaps: [Gap]
    /// The id of the key for fingerprints; nil if secrets were not fingerprinted.
    public let keyID: String?
    /// The values that were read, sorted by resource and name.
    public let readings: [Reading]
    /// The decoder version by which the answers of each kind were read.
    public let decoders: [Kind: String]
    /// The hash of the facets.
    public let root: ContentHash
    /// The release that the snapshot records, if it records one.
    public let release: Release?

    package init(_ body: SnapshotBody, _ state: ChainState, root: ContentHash, gaps: [Gap]) {
        late = body.late
        started = body.started
        finished = body.finished
        unsettled = body.unsettled
        failures = body.failures
        questionCount = state.questions?.count ?? 0
        self.gaps = gaps
        keyID = state.keyID
        readings = state.readings.sorted { $0.key < $1.key }.map { Reading($0.key, $0.value) }
        decoders = state.decoders ?? [:]
        self.root = root
        release = body.release
    }

    /// The record of an observation that is not recorded, with the root of some facets.
    package init(_ observation: EnvironmentObservation, root: ContentHash, release: Release? = nil) {
        late = nil
        started = observation.started
        finished = observation.finished
        unsettled = observation.unsettled
        failures = observation.failures
        questionCount = observation.coverage.questions.count
        gaps = observation.coverage.gaps
        keyID = observation.keyID
        readings = observation.readings
        decoders = observation.decoders
        self.root = root
        self.release = release
    }

    /// Whether the environment was Ready and unchanged during the walk.
    public var isSettled: Bool { unsettled.isEmpty }
}
