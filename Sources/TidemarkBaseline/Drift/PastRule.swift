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
        let drifts: RuleDrifts
        /// Whether a finding could not be seen, or an expected value is redacted.
        let isUnseen: Bool
        /// The expectations of redacted values.
        let mistakes: [FileMistake]
    }

    let rule: Rule
    private let baseline: Baseline
    private let kinds: KindRegistry
    private let earlier: EarlierEntries?
    /// The results by the contents of the parts that their evaluation read.
    private var results: [Set<StatePart>: (timeline: StateTimeline, known: [ContentSum: Result])] = [:]
    /// The parts that evaluations have read so far.
    private var parts: Set<StatePart> = []

    init(_ rule: Rule, of baseline: Baseline, kinds: KindRegistry, earlier: EarlierEntries?) {
        self.rule = rule
        self.baseline = baseline
        self.kinds = kinds
        self.earlier = earlier
    }

    /// The result at a snapshot, and the snapshots around it that have the same.
    mutating func result(
        at seq: Seq, in states: some StateReader
    ) throws -> (result: Result, stretch: StateStretch) {
        for (timeline, known) in results.values {
            let stretch = timeline.stretch(around: seq)
            if let result = known[stretch.contents] { return (result, stretch) }
        }
        while true {
            let snapshot = SnapshotView(try states.snapshot(with: parts, at: seq), kinds: kinds)
            let release = try parts.contains(.release) ? states.release(at: seq) : nil
            let (result, read) = evaluate(on: snapshot, release: release)
            // Before, the snapshot may have lacked what the evaluation looked for.
            if add(read) { return (result, try keep(result, of: read, at: seq, in: states)) }
        }
    }

    /// The snapshots around one that have its result, which is known.
    mutating func stretch(
        around snapshot: SnapshotView, release: RecordedRelease?, in states: some StateReader
    ) throws -> StateStretch {
        let (result, read) = evaluate(on: snapshot, release: release)
        _ = add(read)
        return try keep(result, of: read, at: snapshot.seq, in: states)
    }

    /// Adds what an evaluation read; returns whether all of it was known.
    private mutating func add(_ read: Set<StatePart>) -> Bool {
        let count = parts.count
        parts.formUnion(read.map(\.whole))
        return parts.count == count
    }

    private mutating func keep(
        _ result: Result, of read: Set<StatePart>, at seq: Seq, in states: some StateReader
    ) throws -> StateStretch {
        let timeline = try results[read]?.timeline ?? states.timeline(of: read)
        let stretch = timeline.stretch(around: seq)
        results[read, default: (timeline, [:])].known[stretch.contents] = result
        return stretch
    }

    private func evaluate(
        on snapshot: SnapshotView, release: RecordedRelease?
    ) -> (result: Result, read: Set<StatePart>) {
        let reads = ReadParts()
        var evaluator = BaselineEvaluator(
            snapshot.noting(reads), baseline, release: release, earlier: earlier)
        let findings = evaluator.findings(for: rule)
        let result = Result(
            drifts: RuleDrifts(findings),
            isUnseen: findings.contains { !$0.isDrifted } || !evaluator.mistakes.isEmpty, mistakes: evaluator.mistakes)
        return (result, reads.parts)
    }
}

/// The drifts among the findings about a rule.
struct RuleDrifts {
    /// A place that can drift, whatever its value: an attribute of one rule.
    struct Place: Hashable {
        private let rule: String
        private let identity: String?
        private let path: AttributePath?

        init(_ finding: Finding) {
            rule = "\(finding.rule.source) \(finding.rule.title)"
            identity = finding.rule.key(of: finding.resource)
            path = finding.path?.written
        }
    }

    /// The values by finding.
    var values: [FindingID: FindingValue?]
    /// The places with a drift.
    var places: Set<Place>

    init(_ findings: [Finding]) {
        let drifted = findings.filter(\.isDrifted)
        values = Dictionary(drifted.map { ($0.id, $0.value) }) { first, _ in first }
        places = Set(drifted.map(Place.init))
    }
}
