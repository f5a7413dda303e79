import StrictJSON
import Tidemark
import TidemarkKinds

/// The application of waivers to findings, and the findings about waivers that are expired or match nothing.
struct WaiverApplier {
    private let baseline: Baseline
    private let environment: EnvironmentName
    private let seq: Seq
    private let today: Day
    private let waivers: [FindingID: Waiver]

    init(_ baseline: Baseline, at snapshot: SnapshotView, now: Timestamp) {
        self.baseline = baseline
        environment = snapshot.environment
        seq = snapshot.seq
        today = Day(of: now)
        waivers = Dictionary(baseline.waivers.map { ($0.finding, $0) }) { first, _ in first }
    }

    func apply(to results: [RuleResult]) -> [RuleResult] {
        guard !waivers.isEmpty else { return results }
        let waived = results.map { RuleResult($0.rule, $0.findings.map(withWaiver)) }
        return waived + problems(beside: results)
    }

    /// The finding with its waiver, with a remark that the waiver is of something else, or unseen if that is unknown.
    private func withWaiver(_ finding: Finding) -> Finding {
        guard finding.isDrifted, let waiver = waivers[finding.id], waiver.until >= today else { return finding }
        var finding = finding
        guard waiver.rule == finding.rule.title else {
            finding.addNote("the waiver accepts it for the rule '\(waiver.rule.printable)'")
            return finding
        }
        let named = [finding.resource, finding.waivedResource]
        guard named.contains(waiver.resource) || finding.rule.isOfMany else {
            finding.addNote("the waiver accepts it for \(waiver.resource?.description ?? "no resource")")
            return finding
        }
        switch waiver.acceptance.accepts(finding.value) {
        case true?: finding.waiver = waiver
        case false?: finding.addNote("the waiver accepts \(waiver.acceptance.words)")
        case nil:
            finding.status = .unseen(
                Unseen(
                    reason:
                        "whether its secret value is the accepted one is unknown: it has no fingerprint by the same key",
                    remedy: .provideKey))
        }
        return finding
    }

    // MARK: Problems with waivers

    /// The findings about waivers; none for the baseline of another environment, whose waivers are for that one.
    private func problems(beside results: [RuleResult]) -> [RuleResult] {
        guard environment == baseline.environment else { return [] }
        let findings = results.flatMap(\.findings)
        let drifted = Set(findings.filter(\.isDrifted).map(\.id))
        let unseen = findings.filter { !$0.isDrifted }
        return baseline.waivers.compactMap { waiver in
            if waiver.until < today { return problem(of: waiver, ended: drifted.contains(waiver.finding)) }
            guard !drifted.contains(waiver.finding), !unseen.contains(where: { $0.mayHide(waiver) }) else { return nil }
            return problem(
                of: waiver, "finding", .missing(expected: .scalar(ExpectedScalar(waiver.finding.rawValue))),
                note: "it matches no drift at \(seq): remove it if it is no longer needed")
        }
    }

    private func problem(of waiver: Waiver, ended isNeeded: Bool) -> RuleResult {
        problem(
            of: waiver, "until",
            .changed(
                expected: .scalar(ExpectedScalar("\(today) or later")), actual: .string(waiver.until.description)),
            note: isNeeded ? "it has expired, and its finding counts again" : "it has expired: remove it")
    }

    private func problem(of waiver: Waiver, _ member: String, _ drifted: Finding.Drifted, note: String) -> RuleResult {
        let (rule, path) = (Rule.waiver(waiver), AttributePath([.member(member)]))
        let id = FindingID(environment: environment, rule: rule, resource: nil, path: path, element: nil)
        return RuleResult(rule, [Finding(id, rule, nil, path, .drifted(drifted), note: note)])
    }
}

extension Waiver.Acceptance {
    /// The accepted value in a remark.
    fileprivate var words: String {
        value.map(Self.words) ?? "any value"
    }

    private static func words(_ value: FindingValue) -> String {
        switch value {
        case .plain(.null): "that nothing is there"
        case .plain(let json): (json.string ?? json.canonical).printable
        case .fingerprint, .redacted: "another secret value"
        }
    }
}

extension Finding {
    fileprivate mutating func addNote(_ text: String) { note = note.map { "\($0); \(text)" } ?? text }

    /// Whether what is unseen may be the drift that a waiver accepts.
    fileprivate func mayHide(_ waiver: Waiver) -> Bool {
        guard rule.title == waiver.rule, resource == nil || waiver.resource == nil || resource == waiver.resource else {
            return false
        }
        guard let path = path?.written, let waived = waiver.path else { return true }
        let count = min(path.steps.count, waived.steps.count)
        return path.steps.prefix(count) == waived.steps.prefix(count)
    }
}
