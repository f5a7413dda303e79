import StrictJSON
import Tidemark

extension SnapshotView {
    /// A resource's description: its first facet at the top level, the others under their names.
    /// - Parameter hasDefaults: Whether elements of lists that are AWS's defaults are in it.
    public func description(of resource: ResourceID, hasDefaults: Bool = true) -> JSON {
        var members = facet(FacetID(resource, Snapshot.description))?.content.object ?? [:]
        for facet in facets(of: resource)
        where facet.name != Snapshot.description && !facet.isDerived {
            let content = self.facet(facet)?.content
            let definition = kinds[resource.kind]?.facet(facet.name)
            members[facet.name] = hasDefaults ? content : content.map { definition?.withoutDefaults($0) ?? $0 }
        }
        return .object(members)
    }

    /// The value of a fact.
    public func value(of fact: FactDefinition, of resource: ResourceID) -> LookupResult {
        var reader = FactReader(self, resource)
        let value = fact.compute(&reader)
        if let unseen = reader.unseen { return .unseen(unseen, lastSeen: value) }
        return value.map(LookupResult.seen) ?? .absent
    }

    /// The keys of a fact's lines, by the lines as people read them; empty for a fact whose elements are their own keys.
    package func lineKeys(of fact: FactDefinition, of resource: ResourceID) -> [String: String] {
        var reader = FactReader(self, resource)
        let lines = fact.lines?(&reader) ?? []
        return Dictionary(lines.map { ($0.text, $0.key) }) { first, _ in first }
    }

    /// The lines of a fact that contain by meaning what a baseline states, in any of its spellings. Nil if neither the fact's
    /// lines nor the spellings mean more than their texts.
    package func lines(
        of fact: FactDefinition, of resource: ResourceID, containing spellings: [String]
    ) -> ContainingLines? {
        var reader = FactReader(self, resource)
        let found = spellings.compactMap { fact.meaning?.containing($0, &reader) }
        let lines = Set(found.flatMap(\.lines))
        return lines.isEmpty ? found.first { $0.unseen != nil } ?? found.first : .seen(Array(lines))
    }

    /// The value of an attribute: a fact, or a path into the description.
    public func value(of written: AttributePath, of resource: ResourceID) -> LookupResult {
        guard let definition = kinds[resource.kind], let path = definition.path(written),
            case .member(let first)? = path.steps.first
        else { return .absent }
        if let fact = definition.fact(first) {
            return value(of: fact, of: resource).map { $0.value(at: path.steps.dropFirst(), rules: [:]) }
        }
        let own = definition.facet(first)
        let name = own == nil ? Snapshot.description : first
        let steps = own == nil ? path.steps[...] : path.steps.dropFirst()
        let facet = own ?? definition.facet(name)
        let found = result(of: FacetID(resource, name))
        let value = found.map { $0.value(at: steps, rules: facet?.lists ?? [:]) }
        guard case .absent = value, case .seen(let content) = found,
            let reading = facet?.moved(in: content, at: AttributePattern(steps))[AttributePattern(steps)]
        else { return value }
        return .unseen(reading, lastSeen: nil)
    }
}

extension LookupResult {
    fileprivate func map(_ transform: (JSON) -> JSON?) -> LookupResult {
        switch self {
        case .seen(let value): transform(value).map(LookupResult.seen) ?? .absent
        case .absent: .absent
        case .unseen(let reason, let lastSeen): .unseen(reason, lastSeen: lastSeen.flatMap(transform))
        }
    }
}

extension JSON {
    /// The value at the end of some steps; elements of keyed lists are found by their key.
    func value(at steps: ArraySlice<AttributePath.Step>, rules: ListRules) -> JSON? {
        var value = self
        var pattern = AttributePattern()
        for step in steps {
            switch step {
            case .member(let name):
                guard let member = value[name] else { return nil }
                (value, pattern) = (member, pattern.appending(.member(name)))
            case .key(let key):
                guard let rule = rules[pattern],
                    let element = value.array?.first(where: { rule.key(of: $0)?.isIdenticalText(to: key) == true })
                else { return nil }
                (value, pattern) = (element, pattern.appending(.elements))
            }
        }
        return value
    }
}
