/// By what a drift passes or fails: what matters less, is accepted or is not new is said, and does not count.
public struct DriftGate: Sendable, Hashable {
    /// The least severity that counts; nil where nothing does.
    public let threshold: Severity?
    /// Whether what the snapshot before had too does not count.
    public let isOfNewOnly: Bool

    public init(threshold: Severity? = .warning, isOfNewOnly: Bool = false) {
        self.threshold = threshold
        self.isOfNewOnly = isOfNewOnly
    }

    /// Errors and warnings count, new or not.
    public static let standard = DriftGate()
}

extension Drift {
    /// Why a finding does not count; nil where it does.
    public func exemption(for finding: Finding, at gate: DriftGate) -> ExemptionReason? {
        if let waiver = finding.waiver { return .waived(waiver) }
        if gate.isOfNewOnly, isNew(finding) == false { return .old }
        guard let threshold = gate.threshold else { return .nothingCounts }
        return finding.rule.info.severity < threshold ? .slight : nil
    }

    /// What counts for the exit status: drifted if anything did that counts; else unseen if anything could not be seen,
    /// expected or not, or all of it is too old; else in sync.
    public func verdict(at gate: DriftGate) -> Verdict {
        guard gate.threshold != nil else { return .inSync }
        let counting = findings.filter { exemption(for: $0, at: gate) == nil }
        if counting.contains(where: \.isDrifted) { return .drifted }
        return staleness != nil || !snapshot.gaps.isEmpty || !counting.isEmpty ? .unseen : .inSync
    }
}

/// Why a finding does not count.
public enum ExemptionReason: Sendable, Equatable {
    case waived(Waiver)
    /// It matters less than what counts.
    case slight
    /// The snapshot before had it too.
    case old
    case nothingCounts
}
