import Tidemark

/// A resource that was not found, as far as the conditions of an expectation name it.
package struct WantedResource {
    package let kind: Kind
    /// The identities of which it has one; nil if the conditions state none as plain text.
    private let identities: [String]?
    /// The titles of which it has one; nil if the conditions state none as plain text.
    private let titles: [String]?
    private let hasConditions: Bool

    package init(_ kind: Kind, identities: [String]?, titles: [String]? = nil, hasConditions: Bool = true) {
        self.kind = kind
        self.identities = identities
        self.titles = titles
        self.hasConditions = hasConditions
    }

    package var isNamed: Bool { identities != nil || titles != nil }

    /// Whether a resource of the kind may be the one that is wanted.
    package func mayBe(_ resource: ResourceID) -> Bool {
        identities?.contains(where: resource.identity.isIdenticalText) ?? true
    }

    /// The resource without the names of those that are gone, and of those that exist and do not match. Nil if none is left,
    /// or if one that is gone may have been the one.
    package func without(_ gone: [ResourceID], in snapshot: SnapshotView) -> WantedResource? {
        if let identities {
            let left = identities.filter { name in
                !snapshot.exists(ResourceID(kind, name)) && !gone.contains { $0.identity.isIdenticalText(to: name) }
            }
            return left.isEmpty ? nil : WantedResource(kind, identities: left)
        }
        if let titles {
            let known = snapshot.resources(of: kind).compactMap(snapshot.title) + gone.compactMap(snapshot.titleOfGone)
            let left = titles.filter { !known.contains(where: $0.isIdenticalText) }
            return left.isEmpty ? nil : WantedResource(kind, identities: nil, titles: left)
        }
        return gone.isEmpty ? self : nil
    }

    /// The resource that no list shows: itself, or the one to which it belongs. Nil if the lists are complete.
    package func unlisted(in snapshot: SnapshotView) -> WantedResource? {
        guard let open = snapshot.unlisted(kind, identities) else { return nil }
        return open.kind == kind ? self : WantedResource(open.kind, identities: open.identities, hasConditions: false)
    }

    /// The reason why it is unseen, with what would make it visible.
    package func unseen(in kinds: KindRegistry) -> Unseen {
        let names = (identities ?? titles)?.map { "\(kind)/\($0)" }.joined(separator: ", ")
        let what = names ?? (hasConditions ? "a matching \(kind)" : "any \(kind)")
        let known = (identities ?? []).filter { kinds[kind]?.inputs($0) != nil }
        return Unseen(
            reason: "nothing in the environment refers to \(what)", remedy: .observeToo(kind, identities: known))
    }
}
