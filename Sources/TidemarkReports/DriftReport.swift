import TidemarkBaseline
import TidemarkKinds
import Tidemark

/// What `drift` says, in whatever format: the comparison, and what of it counts.
public struct DriftReport: Sendable {
    public let drift: Drift
    /// By what it passes or fails.
    public let gate: DriftGate
    /// Where the baseline's files are, for formats that lead to a line of them.
    let workspace: Workspace
    /// The program's, for formats that name the tool.
    let version: String
    let heads: Heads
    let remedyWords: @Sendable (Remedy) -> String

    /// - Parameter remedyWords: How a remedy is worded: a program names what its user passes.
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

    /// What a format for people lists: all but what does not count for being old.
    var listed: [RuleResult] {
        drift.results.compactMap { result in
            let findings = result.findings.filter { drift.exemption(for: $0, at: gate) != .old }
            return findings.isEmpty && !result.findings.isEmpty ? nil : RuleResult(result.rule, findings)
        }
    }

    /// Why the exit status may be another than the verdict would have it, a sentence each.
    var terms: [String] {
        let old = drift.findings.count { drift.exemption(for: $0, at: gate) == .old }
        let threshold: String? =
            switch gate.threshold {
            case nil: "Nothing counts for the exit status."
            case .error?: "Only errors count for the exit status."
            case .warning?, .note?: nil
            }
        let rest =
            old == 1
            ? "1 finding is not listed: the snapshot before had it too."
            : "\(old) findings are not listed: the snapshot before had them too."
        let new = gate.isOfNewOnly ? "Only what is new counts." + (old > 0 ? " \(rest)" : "") : nil
        return [threshold, new].compactMap(\.self)
    }

    /// `23 expectations: 21 in sync, 2 drifted, 0 unseen`, each count as it is dressed.
    func summary(_ dressed: (RuleStatus, String) -> String = { $1 }) -> String {
        let counts = [RuleStatus.inSync, .drifted, .unseen, .waived].compactMap { status -> String? in
            let count = drift.count(status)
            if count == 0 { return status == .waived ? nil : "0 \(status.rawValue)" }
            return dressed(status, "\(count) \(status.rawValue)") + remark(status)
        }
        return "\(counted(drift.results.count, "expectation")): \(counts.joined(separator: ", "))"
    }

    /// Why the exit status is another than the count would have it.
    private func remark(_ status: RuleStatus) -> String {
        let severities = drift.results.filter { $0.status == status }.map(\.rule.info.severity)
        guard [.drifted, .unseen].contains(status), severities.allSatisfy({ $0 == .note }) else { return "" }
        return " (only notes)"
    }

    /// That the baseline was not written for this environment; nil where it was.
    var mismatch: String? {
        let environment = drift.baseline.environment
        return environment == snapshot.environment ? nil : "The baseline is that of \(environment)."
    }

    /// Why the snapshot may not show what is expected of it.
    var warnings: [String] {
        let failures = snapshot.body.failures.map { "The deployment failed: \($0.sentence)." }
        return failures + (drift.staleness.map { ["Not evidence of how things are now: \($0)."] } ?? [])
    }

    /// What must be known before anything else is believed.
    var remarks: [String] { [mismatch].compactMap(\.self) + warnings }
}

extension Rule {
    /// Its name; that of a rule about whatever is not expected says of which kind.
    var title: String { source == .unexpected ? "\(name) \(kind?.rawValue ?? "")" : name }
}
