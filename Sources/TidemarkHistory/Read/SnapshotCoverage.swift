import Tidemark

/// What a snapshot could see.
struct SnapshotCoverage {
    let gaps: [Gap]
    private let decoders: [Kind: String]

    init(_ walk: RecordedWalk, gaps: [Gap]) {
        self.gaps = gaps
        decoders = walk.decoders
    }

    /// Why not all resources of some kinds were seen; nil if they were.
    func unseen(_ kinds: [Kind]) -> Unseen? {
        for kind in kinds {
            guard decoders[kind] != nil else { return .unknownKind }
            let gap = gaps.first { gap in
                gap.kinds.contains(kind) || gap.members.contains { $0.kind == kind }
                    || gap.facets.contains { $0.resource.kind == kind }
            }
            if let gap { return Unseen(gap) }
        }
        return nil
    }
}
