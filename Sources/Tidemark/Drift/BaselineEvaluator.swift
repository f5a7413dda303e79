import StrictYAML
import StrictJSON

/// Decides for one rule of a baseline: coverage first, then which resource is meant, then each value.
struct BaselineEvaluator {
    let snapshot: SnapshotView
    let baseline: Baseline
    /// The newest release at the snapshot.
    let release: RecordedRelease?
    /// The environments in the history; nil if unknown.
    let environments: [EnvironmentName]?
    /// By name, for references.
    let expectations: [String: Expectation]
    /// Where a value is expected of what is redacted, so that nothing can be said.
    private(set) var mistakes: [FileMistake] = []
    private var refused: Set<FileMistake> = []
    /// Which resources are meant, by the expectation's name: references ask again and again.
    var choices: [String: MatchedResources] = [:]
    /// How many expectations are being chosen for, each for the sake of the one before.
    var choosing = 0
    var resolutions = Resolutions()
    var index = CandidateIndex()

    init(
        _ snapshot: SnapshotView, _ baseline: Baseline, release: RecordedRelease?,
        environments: [EnvironmentName]? = nil
    ) {
        self.snapshot = snapshot
        self.baseline = baseline
        self.release = release
        self.environments = environments
        expectations = Dictionary(baseline.expectations.map { ($0.name, $0) }) { first, _ in first }
    }

    mutating func findings(for rule: Rule) -> [Finding] {
        switch rule {
        case .expectation(let expectation): findings(for: expectation)
        case .unexpected(let rule): findings(for: rule)
        case .releases(let rules): findings(for: rules)
        case .history(let rules): findings(for: rules)
        // `WaiverApplier` compares waivers with the findings of all other rules.
        case .waiver: []
        }
    }

    mutating func findings(for expectation: Expectation) -> [Finding] {
        guard snapshot.knew(expectation.kind) else {
            return [finding(.expectation(expectation), nil, nil, .unseen(Unseen.unknownKind))]
        }
        let choice = choose(for: expectation)
        switch expectation.scope {
        case .one: return findings(for: expectation, one: choice)
        case .each: return findings(for: expectation, each: choice)
        case .counted(let count): return findings(for: expectation, count, of: choice)
        }
    }

    private mutating func findings(for expectation: Expectation, one choice: MatchedResources) -> [Finding] {
        switch choice.matching.count {
        case 1: return compare(expectation, with: choice.matching[0])
        case 0: return [nothingFound(for: expectation, choice)]
        default:
            let labels = choice.matching.map { snapshot.label(of: $0) }
            return [
                finding(
                    .expectation(expectation), nil, nil, .drifted(.unexpected(actual: JSON(labels))),
                    note: "\(labels.count) resources match, and the expectation is of one")
            ]
        }
    }

    private mutating func findings(for expectation: Expectation, each choice: MatchedResources) -> [Finding] {
        if choice.matching.isEmpty { return [nothingFound(for: expectation, choice)] }
        return compare(expectation, withAll: choice)
    }

    private mutating func findings(
        for expectation: Expectation, _ count: Requirement, of choice: MatchedResources
    ) -> [Finding] {
        let rule = Rule.expectation(expectation)
        switch number(of: choice, for: expectation, is: count.expected) {
        case .seen: return compare(expectation, withAll: choice)
        case .unseen(let unseen, _):
            return [finding(rule, nil, count.path, .unseen(unseen))]
                + choice.matching.flatMap {
                    compare(expectation, with: $0)
                }
        case .absent:
            let labels = choice.matching.map { snapshot.label(of: $0) }.joined(separator: ", ")
            let drifted = Finding.Drifted.changed(
                expected: count.expected, actual: JSON(choice.matching.count), elements: .none)
            return [
                finding(rule, nil, count.path, .drifted(drifted), note: labels.isEmpty ? nil : "there is \(labels)")
            ] + compare(expectation, withAll: choice)
        }
    }

    /// The values of every resource that matches, and that there may be others.
    private mutating func compare(_ expectation: Expectation, withAll choice: MatchedResources) -> [Finding] {
        let findings = choice.matching.flatMap { compare(expectation, with: $0) }
        let isAsked = !expectation.requirements.isEmpty || !expectation.readings.isEmpty
        guard isAsked, let unseen = reasonForMore(than: choice, of: expectation.kind) else { return findings }
        return findings + [
            finding(.expectation(expectation), nil, nil, .unseen(unseen), note: "there may be others that match")
        ]
    }

    // MARK: Mistakes

    mutating func refuse(_ requirement: Requirement, at path: AttributePath) {
        refuse(
            "'\(path.description.printable)' is redacted, so no value can be expected of it: expect 'present: true', "
                + "or, if it is no secret, add its name to 'plain:' in \(Project.file) and record again",
            at: requirement.position)
    }

    /// A resource may be looked at several times, and its mistake is told once.
    mutating func refuse(_ message: String, at position: Position) {
        let mistake = FileMistake(position, message)
        if refused.insert(mistake).inserted { mistakes.append(mistake) }
    }

    // MARK: Its values

    private mutating func compare(_ expectation: Expectation, with resource: ResourceID) -> [Finding] {
        let rule = Rule.expectation(expectation)
        var findings: [Finding] = []
        var unresolved: Set<Unseen> = []
        for written in expectation.requirements + expectation.readings {
            let requirement: Requirement
            do {
                requirement = try resolve(written)
            } catch {
                // A reference that stands for nothing is told once.
                guard unresolved.insert(error.unseen).inserted else { continue }
                findings.append(finding(rule, resource, written.path, .unseen(error.unseen)))
                continue
            }
            switch result(of: requirement.path, of: resource) {
            case .seen(let value): findings += differences(requirement, value, of: resource, expectation)
            case .absent: findings += differences(requirement, nil, of: resource, expectation)
            case .unseen(let reason, _):
                findings.append(finding(rule, resource, requirement.path, .unseen(reason)))
            }
        }
        findings += self.findings(beside: expectation, in: resource, told: findings)
        guard findings.isEmpty, case .unseen(let reason, _) = snapshot.result(of: FacetID(resource, Snapshot.reach))
        else { return findings }
        // It is as it should be, but another one may have taken its place in the environment.
        let note = "it was as expected when the walk last led to it"
        return [finding(rule, resource, nil, .unseen(reason), note: note)]
    }

    /// The value of an attribute, or of a reading.
    private func result(of path: AttributePath, of resource: ResourceID) -> LookupResult {
        guard path.steps.count == 2, path.steps[0] == .member("readings"), case .member(let name) = path.steps[1] else {
            return snapshot.value(of: path, of: resource)
        }
        let reading = snapshot.body.readings.first { $0.resource == resource && $0.name.isIdenticalText(to: name) }
        if let reading { return .seen(reading.value) }
        let isUnseen = snapshot.result(of: FacetID(resource, Snapshot.description))
        if case .unseen = isUnseen { return isUnseen }
        return .unseen(Unseen(reason: "'\(name)' was not read in this snapshot"), lastSeen: nil)
    }

    private mutating func differences(
        _ requirement: Requirement, _ value: JSON?, of resource: ResourceID, _ expectation: Expectation
    ) -> [Finding] {
        let scope = scope(of: requirement.path, in: resource.kind)
        let differences = Comparison(rules: scope.rules, isExact: expectation.isExact)
            .differences(requirement.expected, value, at: requirement.path, pattern: scope.pattern)
        for difference in differences where difference.isRedacted { refuse(requirement, at: difference.path) }
        return differences.filter { !$0.isRedacted }
            .map { finding(.expectation(expectation), resource, $0.path, .drifted(Finding.Drifted($0))) }
    }

    /// The list rules of the facet an attribute lies in, and where in that facet it lies.
    func scope(of path: AttributePath, in kind: Kind) -> (rules: ListRules, pattern: AttributePattern) {
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

    func finding(
        _ rule: Rule, _ resource: ResourceID?, _ path: AttributePath?, _ verdict: Finding.Status, note: String? = nil
    ) -> Finding {
        let identity = rule.isOfMany ? resource?.identity : nil
        let id = FindingID(
            environment: snapshot.environment, expectation: rule.name, path: path, identity: identity)
        return Finding(id, rule, resource, path, verdict, note: note)
    }
}

extension Finding.Drifted {
    init(_ difference: Difference) {
        switch (difference.expected, difference.actual) {
        case (let expected?, nil): self = .missing(expected: expected)
        case (let expected?, let actual?) where !expected.isNull:
            self = .changed(expected: expected, actual: actual, elements: difference.elements)
        case (_, let actual): self = .unexpected(actual: actual ?? .null)
        }
    }
}
