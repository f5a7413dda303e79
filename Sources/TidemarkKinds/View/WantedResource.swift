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

    /// The resource without the names of those that were found, of those that are gone, and, by its identity, of one that exists
    /// and does not match; another resource may have the same title. Nil if no name is left, or if there was none and any was
    /// found or is gone.
    package func without(found: [ResourceID], gone: [ResourceID], in snapshot: SnapshotView) -> WantedResource? {
        if let identities {
            let left = identities.filter { name in
                !snapshot.exists(ResourceID(kind, name)) && !gone.contains { $0.identity.isIdenticalText(to: name) }
            }
            return left.isEmpty ? nil : WantedResource(kind, identities: left)
        }
        if let titles {
            let known = found.compactMap(snapshot.title) + gone.compactMap(snapshot.titleOfGone)
            let left = titles.filter { !known.contains(where: $0.isIdenticalText) }
            // A title that another resource has does not tell people which one is wanted.
            let others = snapshot.resources(of: kind).compactMap(snapshot.title)
            let isClear = !left.contains { others.contains(where: $0.isIdenticalText) }
            return left.isEmpty ? nil : WantedResource(kind, identities: nil, titles: isClear ? left : nil)
        }
        return found.isEmpty && gone.isEmpty ? self : nil
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
