import StrictJSON

extension SnapshotBody {
    /// The difference between two states; from an empty one, it is the body of a checkpoint.
    /// - Parameters:
    ///   - snapshot: A body that is of the second state.
    ///   - root: The root as the new body has it.
    ///   - repeatsAll: Whether the body has what is the same in both states too.
    package init(
        from before: ChainState, to after: ChainState, like snapshot: SnapshotBody, root: Update<ContentHash>,
        repeatsAll: Bool = false
    ) {
        let facets = Set(before.facets.keys).union(after.facets.keys)
            .filter { repeatsAll || before.facets[$0] != after.facets[$0] }
        let locations = Set(before.fingerprints.keys).union(after.fingerprints.keys)
            .filter { repeatsAll || before.fingerprints[$0] != after.fingerprints[$0] }
        let fingerprints = locations.map { Fingerprint(location: $0, value: after.fingerprints[$0]) }
        self.init(
            started: snapshot.started, finished: snapshot.finished, unsettled: snapshot.unsettled,
            failures: snapshot.failures, release: nil,
            changes: facets.sorted().map { Change(facet: $0, content: after.facets[$0]) },
            fingerprints: fingerprints.sorted { $0.json.canonical.precedesByUTF8($1.json.canonical) },
            readings: Self.readings(from: before.readings, to: after.readings, repeatsAll: repeatsAll),
            questions: Update(from: before.questions, to: after.questions),
            gaps: repeatsAll ? .changed(after.gaps) : Update(from: before.gaps, to: after.gaps),
            decoders: Update(from: before.decoders, to: after.decoders),
            keyID: Update(from: before.keyID, to: after.keyID), root: root, state: snapshot.state)
    }

    static func readings(
        from before: [Reading.ID: JSON], to after: [Reading.ID: JSON], repeatsAll: Bool = false
    ) -> [ReadingChange] {
        Set(before.keys).union(after.keys).filter { repeatsAll || before[$0] != after[$0] }.sorted()
            .map { ReadingChange(place: $0, value: after[$0]) }
    }
}
