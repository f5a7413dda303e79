import StrictJSON

/// What a look changes about the state before it.
///
/// Computed by whoever holds the log's write lock, against the head, so that no other writer can come between.
public struct Delta: Sendable {
    public let changes: [SnapshotBody.Change]
    public let fingerprints: [Fingerprint]
    /// Where a secret is another one than before, by two fingerprints under one key.
    public let rotated: [Fingerprint.Location]
    /// The canonical JSON of every facet that changed, and of the set of questions, by its hash.
    public let contents: [ContentHash: [UInt8]]
    /// The state after: each facet's content hash.
    public let state: [FacetID: ContentHash]

    /// - Parameters:
    ///   - look: What was seen now. A facet that it does not answer stays as it was.
    ///   - head: The state before: each facet's content hash.
    ///   - fingerprints: The fingerprints before.
    public init(
        _ observation: EnvironmentObservation, over head: [FacetID: ContentHash],
        fingerprints before: [Fingerprint.Location: Fingerprint.Value]
    ) {
        var state = head
        var changes: [SnapshotBody.Change] = []
        let questions = observation.coverage.questionsJSON.canonicalBytes
        var contents = [ContentHash(of: questions): questions]
        for (facet, content) in observation.facets {
            let bytes = content?.canonicalBytes
            let hash = bytes.map { ContentHash(of: $0) }
            guard state[facet] != hash else { continue }
            state[facet] = hash
            changes.append(SnapshotBody.Change(facet: facet, content: hash))
            if let hash, let bytes { contents[hash] = bytes }
        }
        self.state = state
        self.changes = changes.sorted { $0.facet < $1.facet }
        self.contents = contents
        fingerprints = Self.fingerprints(observation, before)
        rotated = fingerprints.compactMap { fingerprint in
            guard let old = before[fingerprint.place], let new = fingerprint.value, old.key == new.key else {
                return nil
            }
            return fingerprint.place
        }
    }

    private static func fingerprints(
        _ observation: EnvironmentObservation, _ before: [Fingerprint.Location: Fingerprint.Value]
    ) -> [Fingerprint] {
        let changed = observation.fingerprints.filter { before[$0.place] != $0.value }
        let places = Set(observation.fingerprints.map(\.place))
        // Gone only where its facet was answered and secrets were fingerprinted at all.
        let gone = before.keys.filter { place in
            observation.keyID != nil && observation.facets.keys.contains(place.facet) && !places.contains(place)
        }
        return (changed + gone.map { Fingerprint(place: $0, value: nil) })
            .sorted { $0.place.sortKey.precedesByUTF8($1.place.sortKey) }
    }
}

extension Fingerprint.Location {
    fileprivate var sortKey: String { JSON.array(facet.json + [.string(path), .string(part)]).canonical }
}
