/// The criteria by which findings make a drift fail. Waived findings and those below the threshold are reported but do not
/// count.
public struct DriftGate: Sendable, Hashable {
    /// The lowest severity that counts; nil if nothing counts.
    public let threshold: Severity?
    /// Whether only findings that the snapshot before did not have count.
    public let isOfNewOnly: Bool

    /// Creates a gate.
    public init(threshold: Severity? = .warning, isOfNewOnly: Bool = false) {
        self.threshold = threshold
        self.isOfNewOnly = isOfNewOnly
    }

    /// A gate at which errors and warnings count, new or not.
    public static let standard = DriftGate()
}

extension Drift {
    /// The reason why a finding does not count; nil if it counts.
    public func exemption(for finding: Finding, at gate: DriftGate) -> ExemptionReason? {
        if let waiver = finding.waiver { return .waived(waiver) }
        if gate.isOfNewOnly, isNew(finding) == false { return .old }
        guard let threshold = gate.threshold else { return .nothingCounts }
        if case .notChecked(let name) = finding.status, reports(name, at: gate) { return .follows(name) }
        return finding.rule.info.severity < threshold ? .slight : nil
    }

    /// Whether the drift of an expectation counts, or would count if it were new.
    private func reports(_ name: String, at gate: DriftGate) -> Bool {
        findings.contains { finding in
            guard finding.isDrifted, finding.rule.source == .expectation, finding.rule.name == name else {
                return false
            }
            let exemption = exemption(for: finding, at: gate)
            return exemption == nil || exemption == .old
        }
    }

    /// The verdict that decides the exit status: drifted if a finding that counts is a drift; else unseen if anything is
    /// unseen, expected or not, or the snapshot is too old, or strictly if it is unsettled; else in sync.
    public func verdict(at gate: DriftGate) -> Verdict {
        guard gate.threshold != nil else { return .inSync }
        let counting = findings.filter { exemption(for: $0, at: gate) == nil }
        if counting.contains(where: \.isDrifted) { return .drifted }
        let isUnsettled = isStrict && !snapshot.body.isSettled
        return staleness != nil || isUnsettled || !snapshot.gaps.isEmpty || !counting.isEmpty ? .unseen : .inSync
    }
}

/// The reason why a finding does not count.
public enum ExemptionReason: Sendable, Equatable {
    /// A waiver accepts it.
    case waived(Waiver)
    /// Its severity is below the threshold.
    case slight
    /// The snapshot before had the finding too.
    case old
    /// It was not checked because the resource of this expectation is missing, which counts itself.
    case follows(String)
    /// The gate has no threshold.
    case nothingCounts
}
