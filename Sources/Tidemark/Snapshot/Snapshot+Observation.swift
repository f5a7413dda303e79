extension Snapshot {
    /// Creates a snapshot that is not recorded from an observation alone, without anything from earlier snapshots.
    public init(_ observation: EnvironmentObservation, of environment: EnvironmentName) {
        let facets = observation.facets.compactMapValues { content in
            content.map { StoredFacet(content: $0, hash: ContentHash(of: $0), since: .first) }
        }
        let fingerprints = observation.fingerprints.compactMap { one in one.value.map { (one.location, $0) } }
        self.init(
            environment: environment, seq: .first, at: observation.finished, actor: observation.caller, facets: facets,
            fingerprints: Dictionary(fingerprints) { first, _ in first },
            body: SnapshotRecord(observation, root: Root.hash(of: facets.mapValues(\.hash))))
    }
}
