import StrictJSON

/// The change from a state to an observation.
///
/// It is computed against the head while the log is locked for writing, so that no other writer can append in between.
package struct Delta: Sendable {
    /// The facets with new content, sorted.
    package let changes: [SnapshotBody.Change]
    /// The fingerprints that changed, sorted by location.
    package let fingerprints: [Fingerprint]
    /// The locations of rotated secrets: two different fingerprints of one key.
    package let rotated: [Fingerprint.Location]
    /// The canonical JSON of every changed facet, and of the set of questions, by its hash.
    package let contents: [ContentHash: [UInt8]]
    /// The content hash of each facet after the change.
    package let state: [FacetID: ContentHash]

    /// Computes the change. A facet that the observation does not answer keeps its content.
    /// - Parameters:
    ///   - head: The content hash of each facet before the change.
    ///   - fingerprints: The fingerprints before the change.
    package init(
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
            guard let old = before[fingerprint.location], let new = fingerprint.value, old.key == new.key else {
                return nil
            }
            return fingerprint.location
        }
    }

    private static func fingerprints(
        _ observation: EnvironmentObservation, _ before: [Fingerprint.Location: Fingerprint.Value]
    ) -> [Fingerprint] {
        let changed = observation.fingerprints.filter { before[$0.location] != $0.value }
        let locations = Set(observation.fingerprints.map(\.location))
        // A secret is gone only if its facet was answered, and secrets were fingerprinted.
        let gone = before.keys.filter { location in
            observation.keyID != nil && observation.facets.keys.contains(location.facet)
                && !locations.contains(location)
        }
        return (changed + gone.map { Fingerprint(location: $0, value: nil) })
            .sorted { $0.location.sortKey.precedesByUTF8($1.location.sortKey) }
    }
}

extension Fingerprint.Location {
    fileprivate var sortKey: String { JSON.array(facet.json + [.string(path), .string(part)]).canonical }
}
