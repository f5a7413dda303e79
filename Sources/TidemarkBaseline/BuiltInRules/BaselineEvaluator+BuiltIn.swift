import Tidemark
import TidemarkKinds

extension BaselineEvaluator {
    /// The results of a built-in rule, one for each severity that its findings have. A rule without findings is listed if the
    /// baseline names it.
    mutating func results(ofBuiltIn rule: BuiltInRule, isStrict: Bool) -> [RuleResult] {
        let setting = baseline.settings[rule.name]
        if let setting, setting.severity == nil { return [] }
        let strict = isStrict && rule.isStrict ? Severity.error : nil
        let isNamed = baseline.names(rule) || strict != nil
        let listed = violations(of: rule).filter { isNamed || !$0.followsFromGap && !$0.isListedByNameOnly }
        let violations = Dictionary(grouping: listed) { violation in
            violation.isRemark ? .note : strict ?? setting?.severity ?? violation.severity
        }
        let results = violations.sorted { $0.key > $1.key }.map { severity, violations in
            let rule = Rule.builtIn(rule, baseline.info(of: rule, severity))
            return RuleResult(rule, violations.map { finding(rule, $0) })
        }
        guard results.isEmpty, isNamed else { return results }
        return [RuleResult(.builtIn(rule, baseline.info(of: rule, strict ?? setting?.severity ?? .note)), [])]
    }

    mutating func findings(for builtIn: BuiltInRule, as rule: Rule) -> [Finding] {
        violations(of: builtIn).filter { !$0.isRemark || rule.info.severity == .note }.map { finding(rule, $0) }
    }

    private func finding(_ rule: Rule, _ violation: BuiltInRule.Violation) -> Finding {
        var finding = finding(
            rule, violation.resource, nil, violation.status, element: violation.element, value: violation.value)
        finding.sentence = violation.sentence
        return finding
    }

    /// The violations of a rule by resources of which no expectation names its attribute. Resources that are unseen for the same
    /// reason are one violation.
    private mutating func violations(of rule: BuiltInRule) -> [BuiltInRule.Violation] {
        let expected = resourcesExpected(insteadOf: rule)
        let all = rule.evaluate(self).filter { $0.resource.map(expected.contains) != true }
        let unseen = Dictionary(grouping: all) { $0.unseen }
        var seen: Set<Unseen> = []
        return all.compactMap { violation in
            guard let reason = violation.unseen, unseen[reason]?.count != 1 else { return violation }
            var ofAll = violation
            ofAll.resource = nil
            return seen.insert(reason).inserted ? ofAll : nil
        }
    }

    /// The resources of which an expectation names the rule's attribute.
    private mutating func resourcesExpected(insteadOf rule: BuiltInRule) -> Set<ResourceID> {
        var resources: Set<ResourceID> = []
        for expectation in baseline.expectations {
            guard let attribute = snapshot.kinds[expectation.kind].flatMap(rule.attribute),
                expectation.names(attribute)
            else { continue }
            resources.formUnion(matchedResources(for: expectation).matching)
        }
        return resources
    }
}

extension BuiltInRule.Violation {
    fileprivate var unseen: Unseen? { if case .unseen(let unseen) = status { unseen } else { nil } }
}

extension Expectation {
    /// Whether it names an attribute or a reading.
    fileprivate func names(_ attribute: String) -> Bool {
        requirements.contains { $0.path.firstName == attribute }
            || readings.contains { $0.path.steps.dropFirst().first == .member(attribute) }
    }
}
