import Tidemark
import TidemarkKinds

extension Drift {
    /// The drift with the onset of each finding: the entry since which it has held without a break, with the same value.
    ///
    /// No finding is followed through more than 200 changes; one that reaches further back began "or before".
    /// - Throws: `Failure` if the log is damaged.
    public func dated(by states: some StateSequence) throws(Failure) -> Drift {
        guard findings.contains(where: \.isDrifted) else { return self }
        var search = OnsetSearch(self)
        var visited = 0
        try states.visitBackwards(from: snapshot.seq, includingReadings: search.needsReadings) { state in
            search.visit(state)
            visited += 1
            return search.isOpen && visited <= Self.mostChanges
        }
        search.end()
        return withOnsets { finding in search.onsets(of: finding) }
    }

    private static let mostChanges = 200
}

/// The search, back through a history, for the entries since which findings and the drift of attributes have lasted without a
/// break.
struct OnsetSearch {
    /// The place whose drift lasts, whatever its value: an attribute of one rule.
    private struct Place: Hashable {
        let rule: String
        let identity: String?
        let path: AttributePath?

        init(_ finding: Finding) {
            rule = "\(finding.rule.source) \(finding.rule.title)"
            identity = finding.rule.key(of: finding.resource)
            path = finding.path?.written
        }
    }

    /// The search about one rule.
    private struct OpenRule {
        let rule: Rule
        /// The findings that every snapshot so far has with the same value.
        var findings: [FindingID: FindingValue?]
        /// The places that every snapshot so far has a drift at.
        var places: Set<Place>
    }

    private let baseline: Baseline
    private let kinds: KindRegistry
    private let incarnations: IncarnationHistory?
    /// Whether a finding can depend on readings, which change without a change of a facet.
    let needsReadings: Bool
    private var open: [OpenRule]
    /// The oldest entries that show each finding, and a drift at each place, so far.
    private var findingOnsets: [FindingID: Onset] = [:]
    private var placeOnsets: [Place: Onset] = [:]

    init(_ drift: Drift) {
        baseline = drift.baseline
        kinds = drift.snapshot.kinds
        incarnations = drift.incarnations
        open = drift.results.filter(\.rule.isAboutSnapshot).compactMap { result in
            let drifted = result.findings.filter(\.isDrifted)
            guard !drifted.isEmpty else { return nil }
            return OpenRule(
                rule: result.rule, findings: Dictionary(drifted.map { ($0.id, $0.value) }) { first, _ in first },
                places: Set(drifted.map(Place.init)))
        }
        needsReadings = open.contains { $0.rule.usesReadings }
    }

    /// Whether an earlier snapshot can change the result.
    var isOpen: Bool { !open.isEmpty }

    func onsets(of finding: Finding) -> (value: Onset?, place: Onset?) {
        (findingOnsets[finding.id], placeOnsets[Place(finding)])
    }

    /// Evaluates the next earlier state; the first is the drift's own.
    mutating func visit(_ state: RecordedState) {
        guard let snapshot = state.snapshot else {
            for rule in open { extend(rule, to: state.entry) }
            return
        }
        var evaluator = BaselineEvaluator(
            SnapshotView(snapshot, kinds: kinds), baseline, release: state.release, incarnations: incarnations)
        open = open.compactMap { rule in
            let mistakes = evaluator.mistakes.count
            let earlier = evaluator.findings(for: rule.rule)
            // An unseen or redacted value may have been the same.
            let isUnseen = earlier.contains { !$0.isDrifted } || evaluator.mistakes.count > mistakes
            return narrow(rule, to: earlier.filter(\.isDrifted), at: state.entry, isUnseen: isUnseen)
        }
    }

    private mutating func narrow(
        _ rule: OpenRule, to earlier: [Finding], at entry: DatedEntry, isUnseen: Bool
    ) -> OpenRule? {
        let values = Dictionary(earlier.map { ($0.id, $0.value) }) { first, _ in first }
        var kept = rule
        for (id, value) in rule.findings {
            let isSame = values[id].map { Self.isSame(value, $0) } ?? false
            if isSame == true { continue }
            kept.findings[id] = nil
            if isUnseen || isSame == nil { findingOnsets[id]?.isAtLatest = true }
        }
        kept.places.formIntersection(earlier.map(Place.init))
        if isUnseen { for place in rule.places.subtracting(kept.places) { placeOnsets[place]?.isAtLatest = true } }
        extend(kept, to: entry)
        return kept.places.isEmpty ? nil : kept
    }

    private static func isSame(_ one: FindingValue?, _ other: FindingValue?) -> Bool? {
        guard let one, let other else { return one == other }
        return one.isSame(as: other)
    }

    private mutating func extend(_ rule: OpenRule, to entry: DatedEntry) {
        for id in rule.findings.keys { findingOnsets[id] = Onset(entry) }
        for place in rule.places { placeOnsets[place] = Onset(entry) }
    }

    /// Ends the search: what is still open may be older.
    mutating func end() {
        for rule in open {
            for id in rule.findings.keys { findingOnsets[id]?.isAtLatest = true }
            for place in rule.places { placeOnsets[place]?.isAtLatest = true }
        }
        open = []
    }
}
