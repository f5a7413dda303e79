import StrictJSON
import StrictYAML
import Tidemark
import TidemarkKinds

/// The evaluation of a baseline's rules against a snapshot: coverage first, then the matching resources, then their values.
struct BaselineEvaluator {
    let snapshot: SnapshotView
    let baseline: Baseline
    private let newestRelease: RecordedRelease?
    /// The environments in the history; nil if unknown.
    let environments: [EnvironmentName]?
    /// What earlier entries show; nil if unknown.
    let earlier: EarlierEntries?
    /// The expectations by name, for references.
    let expectations: [String: Expectation]
    /// The expectations of redacted values, which cannot be evaluated.
    private(set) var mistakes: [FileMistake] = []
    private var mistakesSoFar: Set<FileMistake> = []
    /// The matching resources by the expectation's name: references use them repeatedly.
    var matched: [String: MatchedResources] = [:]
    /// The number of expectations whose resources are being searched, each for a reference of the one before.
    var depth = 0
    var resolutions = Resolutions()
    var index = CandidateIndex()

    init(
        _ snapshot: SnapshotView, _ baseline: Baseline, release: RecordedRelease?,
        environments: [EnvironmentName]? = nil, earlier: EarlierEntries? = nil
    ) {
        self.snapshot = snapshot
        self.baseline = baseline
        newestRelease = release
        self.environments = environments
        self.earlier = earlier
        expectations = Dictionary(baseline.expectations.map { ($0.name, $0) }) { first, _ in first }
    }

    /// The newest release at the snapshot.
    var release: RecordedRelease? {
        snapshot.note(.release)
        return newestRelease
    }

    mutating func findings(for rule: Rule) -> [Finding] {
        switch rule {
        case .expectation(let expectation): findings(for: expectation)
        case .unexpected(let rule): findings(for: rule)
        case .releases(let rules): findings(for: rules)
        case .history(let rules): findings(for: rules)
        // `WaiverApplier` compares waivers with the findings of all other rules.
        case .waiver: []
        case .builtIn(let builtIn, _): findings(for: builtIn, as: rule)
        }
    }

    mutating func findings(for expectation: Expectation) -> [Finding] {
        guard snapshot.knew(expectation.kind) else {
            return [finding(.expectation(expectation), nil, nil, .unseen(Unseen.unknownKind))]
        }
        let matched = matchedResources(for: expectation)
        switch expectation.scope {
        case .one: return findings(for: expectation, one: matched)
        case .each: return findings(for: expectation, each: matched)
        case .counted(let count): return findings(for: expectation, count, of: matched)
        }
    }

    private mutating func findings(for expectation: Expectation, one matched: MatchedResources) -> [Finding] {
        switch matched.matching.count {
        case 1: return compare(expectation, with: matched.matching[0])
        case 0: return [namingHosts(nothingFound(for: expectation, matched), of: expectation.kind)]
        default:
            let labels = matched.matching.map { snapshot.label(of: $0) }
            return [
                finding(
                    .expectation(expectation), nil, nil, .drifted(.unexpected(actual: JSON(labels))),
                    element: FindingElement(.unexpected, JSON(expectation.kind.rawValue)),
                    value: .plain(JSON(matched.matching.map(\.identity))),
                    note: "\(labels.count) resources match, but the expectation is about one")
            ]
        }
    }

    private mutating func findings(for expectation: Expectation, each matched: MatchedResources) -> [Finding] {
        if matched.matching.isEmpty {
            return [namingHosts(nothingFound(for: expectation, matched), of: expectation.kind)]
        }
        return compare(expectation, withAll: matched)
    }

    private mutating func findings(
        for expectation: Expectation, _ count: Requirement, of matched: MatchedResources
    ) -> [Finding] {
        let rule = Rule.expectation(expectation)
        if matched.missing != nil {
            return [namingHosts(nothingFound(for: expectation, matched), of: expectation.kind)]
        }
        switch number(of: matched, for: expectation, is: count.expected) {
        case .seen: return compare(expectation, withAll: matched)
        case .unseen(let unseen, _):
            return [finding(rule, nil, count.path, .unseen(unseen))]
                + matched.matching.flatMap {
                    compare(expectation, with: $0)
                }
        case .absent:
            let drifted = Finding.Drifted.changed(expected: count.expected, actual: JSON(matched.matching.count))
            return [finding(rule, nil, count.path, .drifted(drifted), note: note(aboutNumber: expectation, matched))]
                + compare(expectation, withAll: matched)
        }
    }

    private func note(aboutNumber expectation: Expectation, _ matched: MatchedResources) -> String? {
        let labels = matched.matching.map { snapshot.label(of: $0) }.joined(separator: ", ")
        if !labels.isEmpty { return "found \(labels)" }
        if case .missing(_, let note) = absence(of: expectation, matched) { return note }
        return nil
    }

    /// The findings about every resource that matches, and one if others may match.
    private mutating func compare(_ expectation: Expectation, withAll matched: MatchedResources) -> [Finding] {
        let findings = matched.matching.flatMap { compare(expectation, with: $0) }
        let hasRequirements = !expectation.requirements.isEmpty || !expectation.readings.isEmpty
        guard hasRequirements, let unseen = reasonForMore(than: matched, of: expectation.kind) else { return findings }
        return findings + [
            finding(.expectation(expectation), nil, nil, .unseen(unseen), note: "other resources may match too")
        ]
    }

    // MARK: Mistakes

    mutating func rejectRedacted(_ requirement: Requirement, at path: AttributePath) {
        // 'plain:' names variables, and keeps nothing else.
        let other =
            path.isOfVariable ? ", or, if it is not a secret, declare its name in 'plain:' and record again" : ""
        addMistake(
            "'\(path.description.printable)' is redacted, so no value can be expected of it: expect 'present: true'\(other)",
            at: requirement.position)
    }

    /// Adds a mistake, unless it was added before: a resource can be compared several times.
    mutating func addMistake(_ message: String, at position: Position) {
        let mistake = FileMistake(position, message)
        if mistakesSoFar.insert(mistake).inserted { mistakes.append(mistake) }
    }

    // MARK: Values

    private mutating func compare(_ expectation: Expectation, with resource: ResourceID) -> [Finding] {
        let rule = Rule.expectation(expectation)
        var findings: [Finding] = []
        var unresolved: Set<Unseen> = []
        for written in expectation.requirements + expectation.readings {
            let requirement: Requirement
            do {
                requirement = try resolve(written)
            } catch {
                // One finding for a reference that several requirements share.
                guard unresolved.insert(error.unseen).inserted else { continue }
                findings.append(finding(rule, resource, written.path, error.status))
                continue
            }
            switch result(of: requirement.path, of: resource) {
            case .seen(let value): findings += differences(requirement, value, of: resource, expectation)
            case .absent: findings += differences(requirement, nil, of: resource, expectation)
            case .unseen(let reason, _):
                findings.append(finding(rule, resource, requirement.path, .unseen(reason)))
            }
        }
        findings += self.findings(beside: expectation, in: resource, found: findings)
        let requiresNothing = expectation.requirements.isEmpty && expectation.readings.isEmpty
        guard findings.isEmpty, !requiresNothing,
            case .unseen(let reason, _) = snapshot.result(of: FacetID(resource, Snapshot.reach))
        else { return findings }
        // The environment may use another resource by now.
        let note = "it was as expected when it was last reached"
        return [finding(rule, resource, nil, .unseen(reason), note: note)]
    }

    /// The value of an attribute or a reading.
    private func result(of path: AttributePath, of resource: ResourceID) -> LookupResult {
        guard path.steps.count == 2, path.steps[0] == .member("readings"), case .member(let name) = path.steps[1] else {
            return snapshot.value(of: path, of: resource)
        }
        if let value = snapshot.reading(name, of: resource) { return .seen(value) }
        let description = snapshot.result(of: FacetID(resource, Snapshot.description))
        if case .unseen = description { return description }
        return .unseen(Unseen(reason: "'\(name)' was not read in this snapshot"), lastSeen: nil)
    }

    private mutating func differences(
        _ requirement: Requirement, _ value: JSON?, of resource: ResourceID, _ expectation: Expectation
    ) -> [Finding] {
        let scope = scope(of: requirement.path, of: resource)
        let differences = Comparison(scope, isExact: expectation.isExact)
            .differences(requirement.expected, value, at: requirement.path, pattern: scope.pattern)
        for difference in differences where difference.isRedacted { rejectRedacted(requirement, at: difference.path) }
        let keys = differences.isEmpty ? [:] : lineKeys(of: requirement.path, of: resource)
        var ids: Set<FindingID> = []
        return differences.filter { !$0.isRedacted }
            .map { finding($0, of: resource, expectation, lineKeys: keys) }
            // Equal elements are one finding.
            .filter { ids.insert($0.id).inserted }
    }

    private func finding(
        _ difference: Difference, of resource: ResourceID, _ expectation: Expectation, lineKeys: [String: String]
    ) -> Finding {
        var element = difference.element
        if element?.side == .unexpected, let line = difference.actual?.string, let key = lineKeys[line] {
            element = FindingElement(.unexpected, .string(key))
        }
        return finding(
            .expectation(expectation), resource, difference.path, Finding.Status(difference), element: element)
    }

    /// The keys of the lines of a fact; empty for any other attribute.
    private func lineKeys(of path: AttributePath, of resource: ResourceID) -> [String: String] {
        guard let name = path.firstName, path.steps.count == 1, let fact = snapshot.kinds[resource.kind]?.fact(name)
        else { return [:] }
        return snapshot.lineKeys(of: fact, of: resource)
    }
}

extension AttributePath {
    /// Whether the path leads to an environment variable, by the names under which kinds have them.
    fileprivate var isOfVariable: Bool {
        steps.contains {
            ["properties", "environment", "Environment"].contains($0.name) || $0.name.hasPrefix(Self.options)
        }
    }

    private static let options = "aws:elasticbeanstalk:application:environment/"
}
