import Tidemark
import TidemarkKinds

extension Drift {
    /// The drift with the onset of each finding: the entry since which it has held without a break.
    ///
    /// No finding is followed through more than 200 changes; one that reaches further back began "or before".
    /// - Throws: `Failure` if the log is damaged.
    public func dated(by states: some StateSequence) throws(Failure) -> Drift {
        guard findings.contains(where: \.isDrifted) else { return withOnsets([:]) }
        var search = OnsetSearch(self)
        var visited = 0
        try states.visitBackwards(from: snapshot.seq, includingReadings: search.needsReadings) { state in
            search.visit(state)
            visited += 1
            return search.isOpen && visited <= Self.mostChanges
        }
        search.end()
        return withOnsets(search.onsets)
    }

    private static let mostChanges = 200
}

/// The search, back through a history, for the entry since which each finding has lasted without a break.
struct OnsetSearch {
    /// The oldest entry that shows each finding so far.
    private(set) var onsets: [FindingID: Onset] = [:]
    private let baseline: Baseline
    private let kinds: KindRegistry
    /// Whether a finding can depend on readings, which change without a change of a facet.
    let needsReadings: Bool
    /// The rules with findings that every snapshot so far has, and those findings.
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

    /// Whether an earlier snapshot can change the result.
    var isOpen: Bool { !open.isEmpty }

    /// Evaluates the next earlier state; the first is the drift's own.
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
            // An unseen or redacted value may have been the same.
            let isUnseen = earlier.contains { !$0.isDrifted } || evaluator.mistakes.count > mistakes
            if isUnseen { for id in findings.subtracting(kept) { onsets[id]?.isAtLatest = true } }
            return kept.isEmpty ? nil : (rule, kept)
        }
    }

    /// Ends the search: the findings that are still open may be older.
    mutating func end() {
        for id in open.flatMap(\.findings) { onsets[id]?.isAtLatest = true }
        open = []
    }
}
