import StrictJSON

/// All that a chain shows at a snapshot. The hash of it is in each snapshot's body, so that one entry is enough to verify it.
package struct ChainState: Sendable, Equatable {
    /// The binding under which the snapshot was recorded.
    package var binding: ContentHash?
    /// The content of each facet that is not gone.
    package var facets: [FacetID: ContentHash]
    /// The values that the snapshot read.
    package var readings: [Reading.ID: JSON]
    package var fingerprints: [Fingerprint.Location: Fingerprint.Value]
    package var questions: SnapshotBody.Questions?
    /// The hash of the gaps; nil if every question was answered.
    package var gaps: ContentHash?
    /// The decoder version by which the answers of each kind were read.
    package var decoders: [Kind: String]?
    /// The id of the key for fingerprints; nil if secrets were not fingerprinted.
    package var keyID: String?

    package init(
        binding: ContentHash? = nil, facets: [FacetID: ContentHash] = [:], readings: [Reading.ID: JSON] = [:],
        fingerprints: [Fingerprint.Location: Fingerprint.Value] = [:], questions: SnapshotBody.Questions? = nil,
        gaps: ContentHash? = nil, decoders: [Kind: String]? = nil, keyID: String? = nil
    ) {
        self.binding = binding
        self.facets = facets
        self.readings = readings
        self.fingerprints = fingerprints
        self.questions = questions
        self.gaps = gaps
        self.decoders = decoders
        self.keyID = keyID
    }

    /// The hashes of the parts with many elements, which are sorted. Most snapshots change none of them.
    package struct Parts: Sendable, Equatable {
        /// The root: the hash of the facets.
        package private(set) var root: ContentHash
        package private(set) var readings: ContentHash
        package private(set) var fingerprints: ContentHash
        private(set) var decoders: ContentHash?

        /// - Parameter root: The hash of the facets, if it is known.
        package init(of state: ChainState, root: ContentHash? = nil) {
            self.root = root ?? Root.hash(of: state.facets)
            (readings, fingerprints, decoders) = (state.readingsHash, state.fingerprintsHash, state.decodersHash)
        }

        /// Takes over recorded hashes.
        package init(
            root: ContentHash, readings: ContentHash, fingerprints: ContentHash, decoders: ContentHash?
        ) {
            (self.root, self.readings, self.fingerprints, self.decoders) = (root, readings, fingerprints, decoders)
        }

        /// Takes over the root that a snapshot recorded, and hashes again what else it changed.
        /// - Parameter state: The state at the snapshot.
        package mutating func update(_ body: SnapshotBody, in state: ChainState) {
            if case .changed(let new?) = body.root { root = new }
            if !body.readings.isEmpty { readings = state.readingsHash }
            if !body.fingerprints.isEmpty { fingerprints = state.fingerprintsHash }
            if body.decoders != .unchanged { decoders = state.decodersHash }
        }
    }

    private var readingsHash: ContentHash {
        ContentHash(of: .array(readings.sorted { $0.key < $1.key }.map { .array($0.key.json + [$0.value]) }))
    }

    private var fingerprintsHash: ContentHash {
        let fingerprints = fingerprints.map { Fingerprint(location: $0.key, value: $0.value).json }
        return ContentHash(of: .array(fingerprints.sorted(byText: \.canonical)))
    }

    package var decodersHash: ContentHash? {
        decoders.map { decoders in
            let pairs = decoders.map { JSON.array([.string($0.key.rawValue), .string($0.value)]) }
            return ContentHash(of: .array(pairs.sorted(byText: \.canonical)))
        }
    }

    /// The SHA-256 of `[root, readings, fingerprints, gaps, questions, asked, decoders, key, binding]`: hashes of sorted
    /// arrays, or null.
    /// - Parameter parts: The hashes of the parts of this state.
    package func hash(_ parts: Parts) -> ContentHash {
        ContentHash(
            of: [
                parts.root.json, parts.readings.json, parts.fingerprints.json, gaps?.json ?? .null,
                questions?.hash.json ?? .null, questions.map { .init($0.count) } ?? .null,
                parts.decoders?.json ?? .null, JSON(keyID), binding?.json ?? .null,
            ])
    }

    /// The hashes of the contents that the state names.
    package var contents: Set<ContentHash> {
        Set(facets.values).union([questions?.hash, gaps].compactMap(\.self))
    }

    /// Applies what a snapshot recorded.
    package mutating func apply(_ body: SnapshotBody) {
        for change in body.changes { facets[change.facet] = change.content }
        for reading in body.readings { readings[reading.place] = reading.value }
        for fingerprint in body.fingerprints { fingerprints[fingerprint.location] = fingerprint.value }
        body.questions.apply(to: &questions)
        body.gaps.apply(to: &gaps)
        body.decoders.apply(to: &decoders)
        body.keyID.apply(to: &keyID)
    }
}

extension SnapshotBody.Update {
    package func apply(to value: inout Value?) {
        if case .changed(let new) = self { value = new }
    }
}
