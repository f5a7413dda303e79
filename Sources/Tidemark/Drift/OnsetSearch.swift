/// Goes back over a history, snapshot by snapshot, to find since when what drifted has been so without a break.
public struct OnsetSearch {
    /// As far back as was looked, for each finding.
    public private(set) var onsets: [FindingID: Onset] = [:]
    private let baseline: Baseline
    /// The rules of which findings were there in every snapshot so far, and those findings.
    private var open: [(rule: Rule, findings: Set<FindingID>)]

    /// - Parameter since: From which entry on all was as the drift's snapshot shows it.
    public init(_ drift: Drift, since: DatedEntry) {
        baseline = drift.baseline
        // What is wrong with a waiver is a matter of today, and so is what the history holds beside.
        open = drift.results.filter { $0.rule.source != .waiver && $0.rule.source != .history }
            .map { ($0.rule, Set($0.findings.filter(\.isDrifted).map(\.id))) }
            .filter { !$0.findings.isEmpty }
        for id in open.flatMap(\.findings) { onsets[id] = Onset(since) }
    }

    /// Whether an earlier snapshot could say more.
    public var isOpen: Bool { !open.isEmpty }

    /// Whether what drifted may change without any facet changing.
    public static func needsReadings(_ drift: Drift) -> Bool {
        let drifted = drift.results.filter { $0.findings.contains(where: \.isDrifted) }.map(\.rule)
        let names = Set(drifted.filter { $0.source == .expectation }.map(\.name))
        return drift.baseline.expectations.contains { names.contains($0.name) && !$0.readings.isEmpty }
    }

    /// Takes the next earlier snapshot.
    /// - Parameters:
    ///   - release: The newest one by then.
    ///   - since: From which entry on all was as that snapshot shows it.
    public mutating func visit(at snapshot: Snapshot, release: RecordedRelease?, since: DatedEntry) {
        var evaluator = BaselineEvaluator(snapshot, baseline)
        open = open.compactMap { rule, findings in
            let mistakes = evaluator.mistakes.count
            let earlier = evaluator.findings(for: rule, in: baseline, of: release)
            let kept = findings.intersection(earlier.filter(\.isDrifted).map(\.id))
            for id in kept { onsets[id] = Onset(since) }
            // What could not be seen, or not compared, may have been so too.
            let isUnseen = earlier.contains { !$0.isDrifted } || evaluator.mistakes.count > mistakes
            if isUnseen { for id in findings.subtracting(kept) { onsets[id]?.isAtLatest = true } }
            return kept.isEmpty ? nil : (rule, kept)
        }
    }

    /// There is no earlier snapshot, or none is looked at: what is still open may have been so before.
    public mutating func end() {
        for id in open.flatMap(\.findings) { onsets[id]?.isAtLatest = true }
        open = []
    }
}

extension BaselineEvaluator {
    mutating func findings(
        for rule: Rule, in baseline: Baseline, of release: RecordedRelease?
    ) -> [Finding] {
        switch rule.source {
        case .expectation: expectations[rule.name].map { findings(for: $0) } ?? []
        case .unexpected:
            baseline.unexpected.filter { $0.kind == rule.kind }.flatMap { findings(for: $0, in: baseline) }
        case .releases: baseline.releases.map { findings(for: $0, of: release) } ?? []
        case .history, .waiver: []
        }
    }
}
