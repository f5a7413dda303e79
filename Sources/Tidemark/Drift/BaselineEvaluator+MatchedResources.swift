import StrictJSON

/// Which resources an expectation means.
struct MatchedResources {
    var matching: [ResourceID] = []
    /// Why a resource could not be told from one that is meant.
    var unseen: Unseen?
    /// Those that would be meant, had the walk led to them.
    var left: [ResourceID] = []
}

extension BaselineEvaluator {
    /// The resources that an expectation may mean.
    mutating func choose(for expectation: Expectation) -> MatchedResources {
        if let choice = choices[expectation.name] { return choice }
        // A baseline that a program built may have a chain of any length, and the stack has an end.
        guard choosing <= ChoiceOrder.longestChain else {
            return MatchedResources(
                unseen: Unseen(reason: "it is chosen by a chain of more than \(ChoiceOrder.longestChain) references"))
        }
        choosing += 1
        defer { choosing -= 1 }
        // Where its own conditions lead back here, nothing can be chosen.
        choices[expectation.name] = MatchedResources(unseen: Unseen(reason: "it refers to itself"))
        let choice = newChoice(for: expectation)
        choices[expectation.name] = choice
        return choice
    }

    private mutating func newChoice(for expectation: Expectation) -> MatchedResources {
        var choice = MatchedResources()
        var conditions: [Requirement] = []
        do {
            for condition in expectation.conditions { conditions.append(try resolve(condition, isCondition: true)) }
        } catch {
            return MatchedResources(unseen: error.unseen)
        }
        for resource in index.candidates(for: conditions, of: expectation.kind, in: snapshot) {
            let isReached = snapshot.isReached(resource)
            switch match(conditions, resource) {
            case .matching where isReached: choice.matching.append(resource)
            case .matching: choice.left.append(resource)
            case .unseen(let reason) where isReached: choice.unseen = choice.unseen ?? reason
            case .unseen, .different: break
            }
        }
        return choice
    }

    private enum Match {
        case matching, different
        case unseen(Unseen)
    }

    private mutating func match(_ conditions: [Requirement], _ resource: ResourceID) -> Match {
        var unseen: Unseen?
        for condition in conditions {
            switch snapshot.value(of: condition.path, of: resource) {
            case .seen(let value):
                if !holds(condition, value, of: resource.kind) { return .different }
            case .absent:
                if !holds(condition, nil, of: resource.kind) { return .different }
            case .unseen(let reason, _):
                // Whatever it was when it was last seen, it may have become the one that is meant, or another.
                unseen = unseen ?? reason
            }
        }
        return unseen.map(Match.unseen) ?? .matching
    }

    private mutating func holds(_ condition: Requirement, _ value: JSON?, of kind: Kind) -> Bool {
        let scope = scope(of: condition.path, in: kind)
        let result = Comparison(rules: scope.rules).match(condition.expected, value, scope.pattern)
        if result == .redacted { refuse(condition, at: condition.path) }
        return result == .holds
    }

    // MARK: None, or more

    /// Why it cannot be said that a resource is not there, or nil.
    func reasonForNothing(found choice: MatchedResources, for expectation: Expectation) -> Unseen? {
        guard snapshot.knew(expectation.kind) else { return Unseen.unknownKind }
        return choice.unseen ?? snapshot.gap(about: expectation.kind).map(Unseen.init)
    }

    /// Why there may be resources of a kind that were not found, or nil.
    func reasonForMore(than choice: MatchedResources, of kind: Kind) -> Unseen? {
        choice.unseen ?? snapshot.gap(hidingAnyOf: kind).map(Unseen.init)
    }

    func nothingFound(for expectation: Expectation, _ choice: MatchedResources) -> Finding {
        let rule = Rule.expectation(expectation)
        if let unseen = reasonForNothing(found: choice, for: expectation) {
            return finding(rule, nil, nil, .unseen(unseen))
        }
        let left = choice.left.first
        let note = left.map { "\(snapshot.label(of: $0)) exists, but nothing in the environment leads to it" }
        // Whichever is left, it is the same finding.
        return Finding(
            finding(rule, nil, nil, .drifted(.missing(expected: nil))).id, rule, left, nil,
            .drifted(.missing(expected: nil)), note: note)
    }

    // MARK: How many

    /// Whether there are as many as expected: seen that it is so, absent that it is not, or unseen.
    func number(of choice: MatchedResources, for expectation: Expectation, is expected: Expected) -> LookupResult {
        let certain = choice.matching.filter { whyUncertain($0) == nil }.count
        let more = reasonForNothing(found: choice, for: expectation)
        guard let unseen = more ?? choice.matching.lazy.compactMap(whyUncertain).first else {
            return holds(expected, of: certain) ? .seen(JSON(certain)) : .absent
        }
        let most = more == nil ? choice.matching.count : (expected.largestNumber ?? certain) + certain + 1
        let outcomes = Set((certain...max(certain, most)).map { holds(expected, of: $0) })
        guard outcomes.count == 1 else { return .unseen(unseen, lastSeen: JSON(choice.matching.count)) }
        return outcomes.contains(true) ? .seen(JSON(certain)) : .absent
    }

    /// Why a resource that was there may be there no more.
    private func whyUncertain(_ resource: ResourceID) -> Unseen? {
        for name in [Snapshot.description, Snapshot.reach] {
            if case .unseen(let unseen, _) = snapshot.result(of: FacetID(resource, name)) { return unseen }
        }
        return nil
    }

    private func holds(_ expected: Expected, of count: Int) -> Bool {
        Comparison(rules: [:]).match(expected, JSON(count), AttributePattern()) == .holds
    }
}

extension Expected {
    /// The largest number that it names, beyond which it says the same of all; nil where none can be counted to.
    fileprivate var largestNumber: Int? {
        switch self {
        case .scalar(let scalar): Int(scalar.text).flatMap { $0 <= Self.countable ? $0 : nil }
        case .template, .list, .map: nil
        case .operators(let operators):
            operators.flatMap { $0.definition.countOperands ?? [] }.compactMap(\.largestNumber).max()
        }
    }

    private static let countable = 100_000
}
