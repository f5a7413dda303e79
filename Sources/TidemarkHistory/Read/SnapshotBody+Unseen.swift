import Tidemark

extension SnapshotBody {
    /// Why resources of some kinds could not all be seen, or nil if they could.
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
