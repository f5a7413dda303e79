extension Drift {
    /// The drift with the onset of each finding: the entry since which it has held without a break.
    ///
    /// No finding is followed through more than 200 changes; one that reaches further back began "or before".
    /// - Throws: `Failure` where the log is damaged.
    public func dated(by states: some StateSequence) throws(Failure) -> Drift {
        guard findings.contains(where: \.isDrifted) else { return telling([:]) }
        var search = OnsetSearch(self)
        var visited = 0
        try states.visitBackwards(from: snapshot.seq, includingReadings: search.needsReadings) { state in
            search.visit(state)
            visited += 1
            return search.isOpen && visited <= Self.mostChanges
        }
        search.end()
        return telling(search.onsets)
    }

    private static let mostChanges = 200
}

/// Goes back over a history, state by state, to find the entry since which each finding has held without a break.
struct OnsetSearch {
    /// The oldest entry that shows each finding so far.
    private(set) var onsets: [FindingID: Onset] = [:]
    private let baseline: Baseline
    private let kinds: KindRegistry
    /// Whether what drifted may change without any facet changing.
    let needsReadings: Bool
    /// The rules of which findings were there in every snapshot so far, and those findings.
    private var open: [(rule: Rule, findings: Set<FindingID>)]

    init(_ drift: Drift) {
        baseline = drift.baseline
        kinds = drift.snapshot.kinds
        open = drift.results.filter(\.rule.isAboutSnapshot)
            .map { ($0.rule, Set($0.findings.filter(\.isDrifted).map(\.id))) }
            .filter { !$0.findings.isEmpty }
        needsReadings = open.contains { rule, _ in
            guard case .expectation(let expectation) = rule else { return false }
            return !expectation.readings.isEmpty
        }
    }

    /// Whether an earlier snapshot could say more.
    var isOpen: Bool { !open.isEmpty }

    /// Takes the next earlier state; the first is the drift's own.
    mutating func visit(_ state: RecordedState) {
        guard let snapshot = state.snapshot else {
            for id in open.flatMap(\.findings) { onsets[id] = Onset(state.entry) }
            return
        }
        var evaluator = BaselineEvaluator(
            SnapshotView(snapshot, kinds: kinds), baseline, release: state.release)
        open = open.compactMap { rule, findings in
            let mistakes = evaluator.mistakes.count
            let earlier = evaluator.findings(for: rule)
            let kept = findings.intersection(earlier.filter(\.isDrifted).map(\.id))
            for id in kept { onsets[id] = Onset(state.entry) }
            // What could not be seen, or not compared, may have been so too.
            let isUnseen = earlier.contains { !$0.isDrifted } || evaluator.mistakes.count > mistakes
            if isUnseen { for id in findings.subtracting(kept) { onsets[id]?.isAtLatest = true } }
            return kept.isEmpty ? nil : (rule, kept)
        }
    }

    /// There is no earlier snapshot, or none is looked at: what is still open may have been so before.
    mutating func end() {
        for id in open.flatMap(\.findings) { onsets[id]?.isAtLatest = true }
        open = []
    }
}
