import StrictJSON
import Tidemark
import TidemarkKinds

/// The application of waivers to findings, and the findings about waivers that are expired or match nothing.
struct WaiverApplier {
    private let baseline: Baseline
    private let environment: EnvironmentName
    private let today: Day
    private let waivers: [FindingID: Waiver]

    init(_ baseline: Baseline, of environment: EnvironmentName, now: Timestamp) {
        self.baseline = baseline
        self.environment = environment
        today = Day(of: now)
        waivers = Dictionary(baseline.waivers.map { ($0.finding, $0) }) { first, _ in first }
    }

    func apply(to results: [RuleResult]) -> [RuleResult] {
        guard !waivers.isEmpty else { return results }
        let waived = results.map { result in
            var result = result
            result.findings = result.findings.map { finding in
                guard finding.isDrifted, let waiver = waivers[finding.id], waiver.until >= today else { return finding }
                var finding = finding
                finding.waiver = waiver
                return finding
            }
            return result
        }
        return waived + problems(beside: results)
    }

    /// The findings about waivers; none for the baseline of another environment, whose waivers are for that one.
    private func problems(beside results: [RuleResult]) -> [RuleResult] {
        guard environment == baseline.environment else { return [] }
        let findings = results.flatMap(\.findings)
        let drifted = Set(findings.filter(\.isDrifted).map(\.id))
        let possible = PossibleFindings(findings, of: environment)
        return baseline.waivers.compactMap { waiver in
            if waiver.until < today { return problem(of: waiver, ended: drifted.contains(waiver.finding)) }
            guard !drifted.contains(waiver.finding), !possible.contains(waiver.finding) else { return nil }
            return problem(
                of: waiver, "finding", .missing(expected: .scalar(ExpectedScalar(waiver.finding.rawValue))),
                note: "it matches no drift: remove it")
        }
    }

    private func problem(of waiver: Waiver, ended isNeeded: Bool) -> RuleResult {
        problem(
            of: waiver, "until",
            .changed(
                expected: .scalar(ExpectedScalar("\(today) or later")), actual: .string(waiver.until.description),
                elements: .none),
            note: isNeeded ? "it has expired, and its finding counts again" : "it has expired: remove it")
    }

    private func problem(of waiver: Waiver, _ member: String, _ drifted: Finding.Drifted, note: String) -> RuleResult {
        let id = FindingID(environment: environment, rule: "waiver", "\(waiver.finding) \(member)")
        let path = AttributePath([.member(member)])
        return RuleResult(
            .waiver(waiver), [Finding(id, .waiver(waiver), nil, path, .drifted(drifted), note: note)])
    }
}

/// The ids that findings could have if everything were seen: their waivers may still be needed.
private struct PossibleFindings {
    private var ids: Set<FindingID> = []
    /// Whether resources that are entirely unseen may have findings.
    private var isOpen = false

    init(_ findings: [Finding], of environment: EnvironmentName) {
        for finding in findings where !finding.isDrifted {
            ids.insert(finding.id)
            guard case .expectation(let expectation) = finding.rule else {
                isOpen = isOpen || finding.resource == nil
                continue
            }
            isOpen = isOpen || expectation.isOfMany && finding.resource == nil
            let paths = expectation.requirements.flatMap(\.paths) + expectation.readings.flatMap(\.paths)
            for path in paths.map(Optional.some) + [nil] {
                ids.insert(
                    FindingID(
                        environment: environment, expectation: expectation.name, path: path,
                        identity: expectation.isOfMany ? finding.resource?.identity : nil))
            }
        }
    }

    func contains(_ id: FindingID) -> Bool { isOpen || ids.contains(id) }
}

extension Requirement {
    /// Every path that a finding about the requirement can have.
    fileprivate var paths: [AttributePath] { expected.paths(from: path) }
}

extension Expected {
    fileprivate func paths(from start: AttributePath) -> [AttributePath] {
        guard case .map(let members) = self else { return [start] }
        return [start]
            + members.flatMap { member -> [AttributePath] in
                // Within a keyed list, a finding has the member as a key.
                guard case .member(let name)? = member.path.steps.first else { return [] }
                return [.member(name), .key(name)].flatMap { member.expected.paths(from: start.appending($0)) }
            }
    }
}
