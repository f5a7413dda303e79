import StrictYAML
import Tidemark
import TidemarkKinds

/// One rule on recorded states, evaluated once for each distinct combination of the parts of a state that it reads.
///
/// An evaluation depends on nothing but the parts that it read, so the same parts with the same contents give the same result, in
/// whichever snapshot they are.
struct PastRule {
    /// The result of the rule in a state.
    struct Result {
        /// The drifts.
        let drifted: [Finding]
        /// Whether a finding could not be seen, or an expected value is redacted.
        let isUnseen: Bool
        /// The expectations of redacted values.
        let mistakes: [FileMistake]
    }

    let rule: Rule
    private let baseline: Baseline
    private let kinds: KindRegistry
    private let incarnations: IncarnationHistory?
    /// The results by the parts that their evaluation read, and by the contents of these.
    private var results: [Set<StatePart>: [ContentSum: Result]] = [:]
    /// The parts that evaluations have read so far.
    private var parts: Set<StatePart> = [.coverage]

    init(_ rule: Rule, of baseline: Baseline, kinds: KindRegistry, incarnations: IncarnationHistory?) {
        self.rule = rule
        self.baseline = baseline
        self.kinds = kinds
        self.incarnations = incarnations
    }

    /// The result at a snapshot, and the snapshots around it that have the same.
    mutating func result(
        at seq: Seq, in states: some StateReader
    ) throws -> (result: Result, stretch: StateStretch) {
        for (parts, known) in results {
            let stretch = try states.stretch(of: parts, around: seq)
            if let result = known[stretch.contents] { return (result, stretch) }
        }
        while true {
            let snapshot = SnapshotView(try states.snapshot(with: parts, at: seq), kinds: kinds)
            let release = try parts.contains(.release) ? states.release(at: seq) : nil
            let (result, read) = evaluate(on: snapshot, release: release)
            guard read.isSubset(of: parts) else {
                // The snapshot may lack what the evaluation looked for.
                parts.formUnion(read)
                continue
            }
            let stretch = try states.stretch(of: read, around: seq)
            results[read, default: [:]][stretch.contents] = result
            return (result, stretch)
        }
    }

    /// The snapshots around one that have its result, which is known.
    mutating func stretch(
        around snapshot: SnapshotView, release: RecordedRelease?, in states: some StateReader
    ) throws -> StateStretch {
        let (result, read) = evaluate(on: snapshot, release: release)
        parts.formUnion(read)
        let stretch = try states.stretch(of: read, around: snapshot.seq)
        results[read, default: [:]][stretch.contents] = result
        return stretch
    }

    private func evaluate(
        on snapshot: SnapshotView, release: RecordedRelease?
    ) -> (result: Result, read: Set<StatePart>) {
        let reads = ReadParts()
        var evaluator = BaselineEvaluator(
            snapshot.noting(reads), baseline, release: release, incarnations: incarnations)
        let findings = evaluator.findings(for: rule)
        let result = Result(
            drifted: findings.filter(\.isDrifted),
            isUnseen: findings.contains { !$0.isDrifted } || !evaluator.mistakes.isEmpty, mistakes: evaluator.mistakes)
        return (result, reads.parts)
    }
}
