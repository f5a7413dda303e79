import StrictJSON
import Tidemark
import TidemarkKinds

/// The resources that match the conditions of an expectation.
struct MatchedResources {
    var matching: [ResourceID] = []
    /// The reason why another resource may match; nil if none may.
    var unseen: Unseen?
    /// The expectation whose missing resource a condition depends on; nil if the conditions could be resolved.
    var missing: String?
    /// The resources that match, and that nothing in the environment refers to any more.
    var unreached: [ResourceID] = []
    /// The conditions with the values of their references.
    var conditions: [Requirement] = []
}

extension BaselineEvaluator {
    /// The resources that match the conditions of an expectation, computed once.
    mutating func matchedResources(for expectation: Expectation) -> MatchedResources {
        if let known = matched[expectation.name] { return known }
        // Parsing limits the length of a chain, but a program can build a baseline with any.
        guard depth <= EvaluationOrder.longestChain else {
            return MatchedResources(
                unseen: Unseen(
                    reason: "its 'where' depends on a chain of more than \(EvaluationOrder.longestChain) references"))
        }
        depth += 1
        defer { depth -= 1 }
        // The result for a condition that refers to this very expectation.
        matched[expectation.name] = MatchedResources(unseen: Unseen(reason: "it refers to itself"))
        let found = search(for: expectation)
        matched[expectation.name] = found
        return found
    }

    private mutating func search(for expectation: Expectation) -> MatchedResources {
        var found = MatchedResources()
        do {
            for condition in expectation.conditions {
                found.conditions.append(try resolve(condition, isCondition: true))
            }
        } catch {
            return MatchedResources(unseen: error.unseen, missing: error.missing)
        }
        for resource in index.candidates(for: found.conditions, of: expectation.kind, in: snapshot) {
            let isReached = snapshot.isReached(resource)
            switch match(found.conditions, resource) {
            case .matching where isReached: found.matching.append(resource)
            case .matching: found.unreached.append(resource)
            case .unseen(let reason) where isReached: found.unseen = found.unseen ?? reason
            case .unseen, .different: break
            }
        }
        return found
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
                guard hold(condition, value, of: resource, &unseen) else { return .different }
            case .absent:
                guard hold(condition, nil, of: resource, &unseen) else { return .different }
            case .unseen(let reason, _):
                // The last known value proves nothing: it may have changed since.
                unseen = unseen ?? reason
            }
        }
        return unseen.map(Match.unseen) ?? .matching
    }

    /// Whether a condition holds, or may hold; the reason why it is not certain is added to `unseen`.
    private mutating func hold(
        _ condition: Requirement, _ value: JSON?, of resource: ResourceID, _ unseen: inout Unseen?
    ) -> Bool {
        let scope = scope(of: condition.path, of: resource)
        switch Comparison(scope).match(condition.expected, value, scope.pattern) {
        case .holds: return true
        case .differs: return false
        case .redacted:
            rejectRedacted(condition, at: condition.path)
            return false
        case .incomparable(let reason):
            unseen = unseen ?? reason
            return true
        }
    }

    // MARK: Counts

    /// Compares the number of resources: `seen` if it is as expected, `absent` if not, `unseen` if that is unknown.
    func number(of matched: MatchedResources, for expectation: Expectation, is expected: Expected) -> LookupResult {
        let certain = matched.matching.filter { whyUncertain($0) == nil }.count
        let more =
            reasonForNothing(found: matched, for: expectation)
            ?? (holds(expected, of: certain) ? nil : reasonToDoubt(matched, expectation))
        guard let unseen = more ?? matched.matching.lazy.compactMap(whyUncertain).first else {
            return holds(expected, of: certain) ? .seen(JSON(certain)) : .absent
        }
        let most = more == nil ? matched.matching.count : (expected.largestNumber ?? certain) + certain + 1
        let outcomes = Set((certain...max(certain, most)).map { holds(expected, of: $0) })
        guard outcomes.count == 1 else { return .unseen(unseen, lastSeen: JSON(matched.matching.count)) }
        return outcomes.contains(true) ? .seen(JSON(certain)) : .absent
    }

    /// The reason why a resource may exist that the search did not find, or nil.
    private func reasonToDoubt(_ matched: MatchedResources, _ expectation: Expectation) -> Unseen? {
        if case .unseen(let unseen) = absence(of: expectation, matched) { unseen } else { nil }
    }

    /// The reason why a known resource may no longer exist, or nil.
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
    /// The largest number in it: all greater numbers give the same result. Nil without one that is small enough to count to.
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
