import StrictJSON
import Tidemark
import TidemarkKinds

/// What is certain about a resource that an expectation does not find.
enum Absence {
    /// It does not exist, or does not belong to the environment.
    /// - Parameter resource: The resource that exists, and that nothing in the environment refers to.
    case missing(resource: ResourceID?, note: String?)
    /// It may exist.
    case unseen(Unseen)
}

extension BaselineEvaluator {
    /// Why no resource, or no further one, was found for an expectation.
    ///
    /// A resource is missing only if AWS reported that it does not exist, if nothing refers to it any more, or if its kind is
    /// listed wholly. Any other may exist without a reference to it.
    func absence(of expectation: Expectation, _ matched: MatchedResources) -> Absence {
        if let unseen = reasonForNothing(found: matched, for: expectation) { return .unseen(unseen) }
        let wanted = WantedResource(expectation.kind, matched.conditions, in: snapshot)
        let gone = resourcesGone(of: wanted).filter { mayBe($0, matched.conditions) }
        let found = matched.matching + matched.unreached
        guard let undecided = wanted.without(found: found, gone: gone, in: snapshot),
            let open = undecided.unlisted(in: snapshot)
        else {
            let left = matched.unreached.first
            let exists = left.map { "\(snapshot.label(of: $0)) exists, but nothing in the environment refers to it" }
            return .missing(resource: left, note: exists ?? note(about: gone, isNamed: wanted.isNamed))
        }
        // The resource to which a listed one belongs may be gone.
        let owners = open.kind == wanted.kind ? [] : resourcesGone(of: open).filter(open.mayBe)
        if !owners.isEmpty { return .missing(resource: nil, note: self.note(about: owners, isNamed: open.isNamed)) }
        return .unseen(open.unseen(in: snapshot.kinds))
    }

    /// The resources that are gone and may be a wanted one: one that was never seen, only if the conditions name it.
    private func resourcesGone(of wanted: WantedResource) -> [ResourceID] {
        snapshot.missingResources(of: wanted.kind).filter { wanted.isNamed || snapshot.wasSeen($0) }
    }

    /// Whether a resource that is gone may have met the conditions, as far as its identity and its title show it.
    private func mayBe(_ gone: ResourceID, _ conditions: [Requirement]) -> Bool {
        conditions.allSatisfy { condition in
            guard let name = condition.path.onlyName, let kind = snapshot.kinds[gone.kind] else { return true }
            let scope = scope(of: condition.path, of: gone)
            func holds(_ value: String?) -> Bool {
                Comparison(scope).match(condition.expected, value.map(JSON.string), scope.pattern) != .differs
            }
            if kind.namesIdentity(name) { return holds(gone.identity) }
            return name == kind.titleAttribute ? holds(snapshot.titleOfGone(gone)) : true
        }
    }

    private func note(about gone: [ResourceID], isNamed: Bool) -> String? {
        guard !gone.isEmpty else { return nil }
        let reports = gone.prefix(3).map(snapshot.report).joined(separator: "; ")
        let more = gone.count > 3 ? "; \(gone.count - 3) more of the kind are gone" : ""
        return (isNamed ? "" : "the expectation names none, and ") + reports + more
    }

    // MARK: Unseen resources

    /// The reason why a question that was not answered may hide a resource, or nil.
    func reasonForNothing(found matched: MatchedResources, for expectation: Expectation) -> Unseen? {
        guard snapshot.knew(expectation.kind) else { return Unseen.unknownKind }
        return matched.unseen ?? snapshot.gap(about: expectation.kind).map(Unseen.init)
    }

    /// The reason why a kind may have more resources than were found, or nil.
    func reasonForMore(than matched: MatchedResources, of kind: Kind) -> Unseen? {
        matched.unseen ?? snapshot.gap(hidingAnyOf: kind).map(Unseen.init)
    }

    func nothingFound(for expectation: Expectation, _ matched: MatchedResources) -> Finding {
        let rule = Rule.expectation(expectation)
        if let missing = matched.missing { return finding(rule, nil, nil, .notChecked(dependsOn: missing)) }
        switch absence(of: expectation, matched) {
        case .unseen(let unseen): return finding(rule, nil, nil, .unseen(unseen))
        case .missing(let resource, let note):
            // The finding has the same id, whichever resource is unreached.
            let found = finding(
                rule, nil, nil, .drifted(.missing(expected: nil)),
                element: FindingElement(.missing, JSON(expectation.kind.rawValue)))
            return Finding(found.id, rule, resource, nil, found.status, element: found.element, note: note)
        }
    }
}

extension WantedResource {
    /// The resource that conditions name.
    fileprivate init(_ kind: Kind, _ conditions: [Requirement], in snapshot: SnapshotView) {
        let definition = snapshot.kinds[kind]
        func texts(_ isName: (String) -> Bool) -> [String]? {
            conditions.first { $0.path.onlyName.map(isName) == true && $0.expected.alternatives != nil }?
                .expected.alternatives?.map(\.text)
        }
        let isImpossible = conditions.contains { $0.expected.alternatives?.isEmpty == true }
        self.init(
            kind, identities: isImpossible ? [] : texts { definition?.namesIdentity($0) == true },
            titles: texts { $0 == definition?.titleAttribute }, hasConditions: !conditions.isEmpty)
    }
}
