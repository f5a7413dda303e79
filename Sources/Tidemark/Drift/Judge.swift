import StrictJSON

/// Decides for one expectation: coverage first, then which resource is meant, then each value.
struct Judge {
    let snapshot: Snapshot
    /// By name, for references.
    let expectations: [String: Expectation]
    /// Where a value is expected of what is redacted, so that nothing can be said.
    private(set) var mistakes: [FileMistake] = []
    /// Which resources are meant, by the expectation's name: references ask again and again.
    private var choices: [String: Choice] = [:]

    init(_ snapshot: Snapshot, _ baseline: Baseline) {
        self.snapshot = snapshot
        expectations = Dictionary(baseline.expectations.map { ($0.name, $0) }) { first, _ in first }
    }

    mutating func findings(for expectation: Expectation) -> [Finding] {
        guard snapshot.knew(expectation.kind) else {
            return [finding(expectation, nil, nil, .unseen(Unseen.unknownKind))]
        }
        let choice = choose(for: expectation)
        switch choice.matching.count {
        case 1: return compare(expectation, with: choice.matching[0])
        case 0: return [nothingFound(for: expectation, choice)]
        default:
            let labels = choice.matching.map { snapshot.label(of: $0) }
            return [finding(expectation, nil, nil, .drifted(.unexpected(actual: JSON(labels))), note: tooMany(choice))]
        }
    }

    // MARK: Which resource

    struct Choice {
        var matching: [ResourceID] = []
        /// Why a resource could not be told from the one that is meant.
        var unseen: Unseen?
        /// Those that would be meant, had the walk led to them.
        var left: [ResourceID] = []
    }

    /// The resources that an expectation may mean.
    mutating func choose(for expectation: Expectation) -> Choice {
        if let choice = choices[expectation.name] { return choice }
        // Where its own conditions lead back here, nothing can be chosen.
        choices[expectation.name] = Choice(unseen: Unseen(reason: "it refers to itself"))
        let choice = newChoice(for: expectation)
        choices[expectation.name] = choice
        return choice
    }

    private mutating func newChoice(for expectation: Expectation) -> Choice {
        var choice = Choice()
        var conditions: [Requirement] = []
        do {
            for condition in expectation.conditions { conditions.append(try resolve(condition, isCondition: true)) }
        } catch {
            return Choice(unseen: error.unseen)
        }
        for resource in snapshot.resources where resource.kind == expectation.kind {
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
        let truth = Comparison(rules: scope.rules).truth(condition.expected, value, scope.pattern)
        if truth == .redacted { refuse(condition, at: condition.path) }
        return truth == .holds
    }

    private mutating func refuse(_ requirement: Requirement, at path: AttributePath) {
        refuse(
            "'\(path.description.printable)' is redacted, so no value can be expected of it: expect 'present: true', "
                + "or, if it is no secret, add its name to 'plain:' in \(Project.file) and record again",
            at: requirement.position)
    }

    /// A resource may be looked at several times, and its mistake is told once.
    mutating func refuse(_ message: String, at position: Position) {
        let mistake = FileMistake(position, message)
        if !mistakes.contains(mistake) { mistakes.append(mistake) }
    }

    /// Why it cannot be said that a resource is not there, or nil.
    func reasonForNothing(found choice: Choice, for expectation: Expectation) -> Unseen? {
        guard snapshot.knew(expectation.kind) else { return Unseen.unknownKind }
        let gap = snapshot.body.gaps.first { gap in
            gap.kinds.contains(expectation.kind) || gap.facets.contains { $0.resource.kind == expectation.kind }
        }
        return choice.unseen ?? gap.map(Unseen.init)
    }

    private func nothingFound(for expectation: Expectation, _ choice: Choice) -> Finding {
        if let unseen = reasonForNothing(found: choice, for: expectation) {
            return finding(expectation, nil, nil, .unseen(unseen))
        }
        let left = choice.left.first
        let note = left.map { "\(snapshot.label(of: $0)) exists, but nothing in the environment leads to it" }
        return finding(expectation, left, nil, .drifted(.missing(expected: nil)), note: note)
    }

    private func tooMany(_ choice: Choice) -> String {
        "\(choice.matching.count) resources match, and the expectation is of one"
    }

    // MARK: Its values

    private mutating func compare(_ expectation: Expectation, with resource: ResourceID) -> [Finding] {
        var findings: [Finding] = []
        var unresolved: Set<Unseen> = []
        for written in expectation.requirements {
            let requirement: Requirement
            do {
                requirement = try resolve(written)
            } catch {
                // A reference that stands for nothing is told once.
                guard unresolved.insert(error.unseen).inserted else { continue }
                findings.append(finding(expectation, resource, written.path, .unseen(error.unseen)))
                continue
            }
            switch snapshot.value(of: requirement.path, of: resource) {
            case .seen(let value): findings += differences(requirement, value, of: resource, expectation)
            case .absent: findings += differences(requirement, nil, of: resource, expectation)
            case .unseen(let reason, _):
                findings.append(finding(expectation, resource, requirement.path, .unseen(reason)))
            }
        }
        guard findings.isEmpty, case .unseen(let reason, _) = snapshot.sight(of: FacetID(resource, Snapshot.reach))
        else { return findings }
        // It is as it should be, but another one may have taken its place in the environment.
        let note = "it was as expected when the walk last led to it"
        return [finding(expectation, resource, nil, .unseen(reason), note: note)]
    }

    private mutating func differences(
        _ requirement: Requirement, _ value: JSON?, of resource: ResourceID, _ expectation: Expectation
    ) -> [Finding] {
        let scope = scope(of: requirement.path, in: resource.kind)
        let differences = Comparison(rules: scope.rules)
            .differences(requirement.expected, value, at: requirement.path, pattern: scope.pattern)
        for difference in differences where difference.isRedacted { refuse(requirement, at: difference.path) }
        return differences.map { finding(expectation, resource, $0.path, .drifted(Finding.Drifted($0))) }
    }

    /// The list rules of the facet an attribute lies in, and where in that facet it lies.
    private func scope(of path: AttributePath, in kind: Kind) -> (rules: ListRules, pattern: AttributePattern) {
        guard case .member(let first)? = path.steps.first, let definition = snapshot.kinds[kind],
            definition.fact(first) == nil
        else { return ([:], AttributePattern()) }
        let facet = definition.facet(first)
        let steps = facet == nil ? path.steps[...] : path.steps.dropFirst()
        let pattern = steps.reduce(AttributePattern()) { pattern, step in
            switch step {
            case .member(let name): pattern.appending(.member(name))
            case .key: pattern.appending(.elements)
            }
        }
        return ((facet ?? definition.facet(Snapshot.description))?.lists ?? [:], pattern)
    }

    private func finding(
        _ expectation: Expectation, _ resource: ResourceID?, _ path: AttributePath?, _ verdict: Finding.Verdict,
        note: String? = nil
    ) -> Finding {
        Finding(
            id: FindingID(environment: snapshot.environment, expectation: expectation.name, path: path),
            expectation: expectation, resource: resource, path: path, verdict: verdict, note: note)
    }
}

extension Finding.Drifted {
    init(_ difference: Difference) {
        switch difference.actual {
        case nil where difference.expected != .null: self = .missing(expected: difference.expected)
        case let actual? where difference.expected == .null: self = .unexpected(actual: actual)
        case let actual:
            self = .changed(
                expected: difference.expected, actual: actual ?? .null, missing: difference.missing,
                extra: difference.extra)
        }
    }
}
