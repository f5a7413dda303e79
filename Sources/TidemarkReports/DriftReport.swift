import CivilTime
import Tidemark
import TidemarkBaseline
import TidemarkKinds

/// The report of `drift`, in all formats: the drift, and which findings of it make the command fail.
public struct DriftReport: Sendable {
    /// The drift that the report shows.
    public let drift: Drift
    /// The criteria by which findings make the command fail.
    public let gate: DriftGate
    /// The place of the baseline's files, for formats that link to their lines.
    let workspace: Workspace
    /// The program's version, for formats that name the tool.
    let version: String
    let heads: Heads
    let remedyWords: @Sendable (Remedy) -> String

    /// Creates the report of a drift.
    /// - Parameter remedyWords: Gives the words of a remedy: a program names what its user passes.
    public init(
        _ drift: Drift, gate: DriftGate = .standard, workspace: Workspace = Workspace(), version: String = "unknown",
        from heads: Heads = Heads(), remedyWords: @escaping @Sendable (Remedy) -> String = { $0.description }
    ) {
        self.remedyWords = remedyWords
        self.heads = heads
        self.drift = drift
        self.gate = gate
        self.workspace = workspace
        self.version = version
    }

    var snapshot: SnapshotView { drift.snapshot }

    /// The results that a format for people lists: all but findings that are not new, if only new ones count.
    var listed: [RuleResult] {
        drift.results.compactMap { result in
            let findings = result.findings.filter { drift.exemption(for: $0, at: gate) != .old }
            return findings.isEmpty && !result.findings.isEmpty ? nil : RuleResult(result.rule, findings)
        }
    }

    /// The reasons why the exit status may differ from the verdict, a sentence each.
    var terms: [String] {
        let old = drift.findings.count { drift.exemption(for: $0, at: gate) == .old }
        let threshold: String? =
            switch gate.threshold {
            case nil: "Findings, gaps and the age of the snapshot do not affect the exit status."
            case .error?: "Only errors affect the exit status."
            case .warning?, .note?: nil
            }
        let rest =
            old == 1
            ? "1 finding is not listed: the snapshot before had it too."
            : "\(old) findings are not listed: the snapshot before had them too."
        let new = gate.isOfNewOnly ? "Only new findings affect the exit status." + (old > 0 ? " \(rest)" : "") : nil
        return [threshold, new, unsettled.map { _ in "The snapshot is unsettled, which counts as unseen." }].compactMap(
            \.self)
    }

    /// Why the snapshot is unsettled; nil if it is not, or if that does not count.
    var unsettled: String? {
        drift.isStrict && gate.threshold != nil ? Unsettled(snapshot.body.unsettled).inWords : nil
    }

    /// The verdict; without a baseline, with a remark that there is none.
    var verdict: String {
        drift.verdict.rawValue + (drift.baseline.hasBuiltInRulesOnly ? ", by the built-in rules alone" : "")
    }

    /// `23 expectations and 1 built-in rule: 21 in sync, 3 drifted, 0 unseen`.
    /// - Parameter dressed: Styles the text of a count.
    func summary(_ dressed: (RuleStatus, String) -> String = { $1 }) -> String {
        let counts = [RuleStatus.inSync, .drifted, .unseen, .notChecked, .waived].compactMap { status -> String? in
            let count = drift.count(status)
            if count == 0 { return [.notChecked, .waived].contains(status) ? nil : "0 \(status.rawValue)" }
            return dressed(status, "\(count) \(status.rawValue)") + remark(status)
        }
        return "\(subjects(of: drift.results)): \(counts.joined(separator: ", "))"
    }

    /// `23 expectations and 1 built-in rule`.
    func subjects(of results: [RuleResult]) -> String {
        // A rule with findings of several severities has a result for each.
        let builtIn = Set(results.filter { $0.rule.source == .builtIn }.map(\.rule.name)).count
        let others = results.count { $0.rule.source != .builtIn }
        return [
            others > 0 || builtIn == 0 ? counted(others, "expectation") : nil,
            builtIn > 0 ? counted(builtIn, "built-in rule") : nil,
        ].compactMap(\.self).joined(separator: " and ")
    }

    /// The reason why the exit status differs from what the count suggests.
    private func remark(_ status: RuleStatus) -> String {
        let severities = drift.results.filter { $0.status == status }.map(\.rule.info.severity)
        guard [.drifted, .unseen].contains(status), severities.allSatisfy({ $0 == .note }) else { return "" }
        return " (only notes)"
    }

    /// A warning that the baseline was written for another environment; nil if it was not.
    var mismatch: String? {
        let environment = drift.baseline.environment
        return environment == snapshot.environment ? nil : "The baseline was written for \(environment)."
    }

    /// Warnings that the snapshot may not show the present state.
    var warnings: [String] {
        let failures = snapshot.body.failures.map { "The deployment failed: \($0.sentence)." }
        return failures + (staleness.map { ["The snapshot is too old: \($0)."] } ?? [])
    }

    /// `the latest snapshot is 26 hours old, more than 24 hours`; nil if it is recent enough.
    var staleness: String? {
        drift.staleness.map { "the latest snapshot is \($0.age.inWords) old, more than \($0.maximumAge.inWords)" }
    }

    /// The warnings that come before everything else.
    var remarks: [String] { [mismatch].compactMap(\.self) + warnings }
}
