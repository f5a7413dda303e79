import StrictJSON

/// The change from a state to an observation.
package struct Delta: Sendable {
    /// What the observation changes.
    package private(set) var body: SnapshotBody
    /// The state after the change.
    package let state: ChainState
    package let parts: ChainState.Parts
    /// The canonical JSON of every changed facet, of the questions, of the gaps and of a signature's key, by its hash.
    package let contents: [ContentHash: [UInt8]]
    /// The locations of rotated secrets: two different fingerprints of one key.
    package let rotated: [Fingerprint.Location]

    /// Computes the change. A facet that the observation does not answer keeps its content.
    /// - Parameters:
    ///   - before: The state at the newest snapshot; an empty one if there is none.
    ///   - root: The root of that state, if it is known.
    ///   - key: The content of the key that verifies the release's signature, by its hash; empty if there is none.
    package init(
        _ observation: EnvironmentObservation, over before: ChainState, root: ContentHash? = nil,
        release: Release? = nil, key: [ContentHash: [UInt8]] = [:], late: SnapshotBody.Late? = nil
    ) {
        let facets = FacetChanges(observation, over: before.facets)
        let fingerprints = observation.changedFingerprints(from: before.fingerprints)
        let questions = observation.coverage.questionsJSON.canonicalBytes
        let gaps = observation.coverage.gaps.isEmpty ? nil : observation.coverage.gapsJSON.canonicalBytes
        var contents = facets.contents.merging(key) { old, _ in old }
        contents[ContentHash(of: questions)] = questions
        if let gaps { contents[ContentHash(of: gaps)] = gaps }

        var state = before
        state.binding = ContentHash(of: observation.binding.json)
        state.facets = facets.state
        state.readings = observation.readings.reduce(into: [:]) { $0[$1.id] = $1.value }
        for fingerprint in fingerprints { state.fingerprints[fingerprint.location] = fingerprint.value }
        state.questions = SnapshotBody.Questions(
            hash: ContentHash(of: questions), count: observation.coverage.questions.count)
        state.gaps = gaps.map { ContentHash(of: $0) }
        state.decoders = observation.decoders
        state.keyID = observation.keyID

        let oldRoot = root ?? Root.hash(of: before.facets)
        let newRoot = facets.changes.isEmpty ? oldRoot : Root.hash(of: state.facets)
        parts = ChainState.Parts(of: state, root: newRoot)
        let isFirst = before.questions == nil
        body = SnapshotBody(
            started: observation.started, finished: observation.finished, unsettled: observation.unsettled,
            failures: observation.failures, release: release, changes: facets.changes, fingerprints: fingerprints,
            readings: SnapshotBody.readings(from: before.readings, to: state.readings),
            questions: SnapshotBody.Update(from: before.questions, to: state.questions),
            gaps: SnapshotBody.Update(from: before.gaps, to: state.gaps),
            decoders: SnapshotBody.Update(from: before.decoders, to: state.decoders),
            keyID: SnapshotBody.Update(from: before.keyID, to: state.keyID),
            root: isFirst || newRoot != oldRoot ? .changed(newRoot) : .unchanged, state: state.hash(parts))
        body.late = late
        self.state = state
        self.contents = contents
        rotated = fingerprints.compactMap { fingerprint in
            guard let old = before.fingerprints[fingerprint.location], let new = fingerprint.value, old.key == new.key
            else { return nil }
            return fingerprint.location
        }
    }
}

extension Delta {
    /// The root of the state after an observation.
    /// - Parameter before: The contents of the facets at the newest snapshot.
    static func root(of observation: EnvironmentObservation, over before: [FacetID: ContentHash]) -> ContentHash {
        Root.hash(of: FacetChanges(observation, over: before).state)
    }
}

/// The facets of an observation with other content than before.
private struct FacetChanges {
    /// In the order of the facets.
    let changes: [SnapshotBody.Change]
    let state: [FacetID: ContentHash]
    let contents: [ContentHash: [UInt8]]

    init(_ observation: EnvironmentObservation, over before: [FacetID: ContentHash]) {
        var (state, changes, contents) = (before, [SnapshotBody.Change](), [ContentHash: [UInt8]]())
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
    }
}

extension EnvironmentObservation {
    fileprivate func changedFingerprints(
        from before: [Fingerprint.Location: Fingerprint.Value]
    ) -> [Fingerprint] {
        let changed = fingerprints.filter { before[$0.location] != $0.value }
        let locations = Set(fingerprints.map(\.location))
        // A secret is gone only if its facet was answered, and secrets were fingerprinted.
        let gone = before.keys.filter { location in
            keyID != nil && facets.keys.contains(location.facet) && !locations.contains(location)
        }
        return (changed + gone.map { Fingerprint(location: $0, value: nil) })
            .sorted { $0.location.sortKey.precedesByUTF8($1.location.sortKey) }
    }
}

extension Fingerprint.Location {
    fileprivate var sortKey: String { JSON.array(facet.json + [.string(path), .string(part)]).canonical }
}
