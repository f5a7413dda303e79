import StrictJSON
import Tidemark
import TidemarkKinds

extension BaselineEvaluator {
    /// The findings about resources without an expectation.
    mutating func findings(for rule: UnexpectedRule) -> [Finding] {
        let kind = rule.kind
        guard snapshot.knew(kind) else { return [finding(about: rule, nil, .unseen(Unseen.unknownKind))] }
        var expected: Set<ResourceID> = []
        var undecided: Unseen?
        for expectation in baseline.expectations where expectation.kind == kind && expectation.namesResources {
            let matched = matchedResources(for: expectation)
            expected.formUnion(matched.matching.filter(expectation.names))
            undecided = undecided ?? matched.unseen
        }
        let others = snapshot.resources(of: kind).filter { !expected.contains($0) && snapshot.isReached($0) }
        let findings = others.map { resource -> Finding in
            // An expectation with an unseen condition may be about it.
            if let undecided { return finding(about: rule, resource, .unseen(undecided)) }
            for name in [Snapshot.description, Snapshot.reach] {
                if case .unseen(let unseen, _) = snapshot.result(of: FacetID(resource, name)) {
                    return finding(about: rule, resource, .unseen(unseen))
                }
            }
            return finding(about: rule, resource, .drifted(.unexpected(actual: .string(snapshot.label(of: resource)))))
        }
        guard let more = reasonForMore(than: MatchedResources(), of: kind) else { return findings }
        return findings + [finding(about: rule, nil, .unseen(more))]
    }

    private func finding(about rule: UnexpectedRule, _ resource: ResourceID?, _ verdict: Finding.Status) -> Finding {
        let note = resource == nil ? "others without an expectation may exist" : nil
        let element = FindingElement(.unexpected, JSON(rule.kind.rawValue))
        return finding(.unexpected(rule), resource, nil, verdict, element: element, note: note)
    }

    /// The findings about the newest release.
    func findings(for rules: ReleaseRules) -> [Finding] {
        guard let recorded = release else {
            let unseen = Unseen(
                reason: "no release is recorded", remedy: "name the release when its deploy is recorded")
            return [finding(.releases(rules), nil, nil, .unseen(unseen))]
        }
        return rules.requirements.flatMap { requirement in
            let value = recorded.value(of: requirement.path)
            return Comparison(rules: [:], isOneValue: true)
                .differences(requirement.expected, value, at: requirement.path, pattern: AttributePattern())
                .map { difference in
                    finding(
                        .releases(rules), nil, difference.path, Finding.Status(difference),
                        value: .plain(["release": .string(recorded.release.label), "value": value ?? .null]),
                        note: "release \(recorded.label), recorded at \(recorded.seq)")
                }
        }
    }
}

extension BaselineEvaluator {
    /// The findings about environments that the history lacks.
    func findings(for rules: HistoryRules) -> [Finding] {
        rules.environments.filter { environments?.contains($0) != true }.map { environment in
            let path = AttributePath([.member("environments"), .key(environment.rawValue)])
            guard environments != nil else {
                let unseen = Unseen(reason: "the environments in the history are unknown", remedy: nil)
                return finding(.history(rules), nil, path, .unseen(unseen))
            }
            return finding(
                .history(rules), nil, path,
                .drifted(.missing(expected: .scalar(ExpectedScalar(environment.rawValue)))),
                note: "the history has no snapshot of it")
        }
    }
}

extension RecordedRelease {
    fileprivate func value(of path: AttributePath) -> JSON? {
        ReleaseRules.Member(rawValue: path.description).flatMap { member in
            switch member {
            case .label: label
            case .by: release.by
            case .actor: actor
            case .commit: release.commit
            case .runURL: release.url
            case .note: release.note
            }
        }.map(JSON.string)
    }
}
