import Tidemark
import TidemarkKinds

extension Drift {
    /// The drift with the onset of each finding: the entry since which it has held without a break, with the same value.
    /// - Throws: `Failure` if the log is damaged.
    public func dated(by states: RecordedStates) throws(Failure) -> Drift {
        let drifted = results.filter { $0.rule.isAboutSnapshot && $0.findings.contains(where: \.isDrifted) }
        guard !drifted.isEmpty else { return self }
        var search = OnsetSearch()
        try states.read { states in
            for result in drifted { try search.follow(result, of: self, in: states) }
            try search.date(in: states)
        }
        return withOnsets { finding in search.onsets(of: finding) }
    }
}

/// The search, back through a history, for the entries since which findings and the drift of attributes have lasted without a
/// break.
private struct OnsetSearch {
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

    /// What every snapshot so far has of one rule.
    private struct Lasting {
        /// The findings, with the same value.
        var findings: [FindingID: FindingValue?]
        /// The places with a drift.
        var places: Set<Place>

        init(_ drifted: [Finding]) {
            findings = Dictionary(drifted.map { ($0.id, $0.value) }) { first, _ in first }
            places = Set(drifted.map(Place.init))
        }
    }

    /// The oldest snapshot so far, and whether an older one may have the same.
    private struct Oldest {
        var seq: Seq
        var isAtLatest = false
    }

    private var findings: [FindingID: Oldest] = [:]
    private var places: [Place: Oldest] = [:]
    private var entries: [Seq: DatedEntry] = [:]

    func onsets(of finding: Finding) -> (value: Onset?, place: Onset?) {
        (findings[finding.id].flatMap(onset), places[Place(finding)].flatMap(onset))
    }

    private func onset(_ oldest: Oldest) -> Onset? {
        entries[oldest.seq].map { Onset($0, isAtLatest: oldest.isAtLatest) }
    }

    /// Reads the entries of the onsets.
    mutating func date(in states: some StateReader) throws {
        for oldest in Array(findings.values) + Array(places.values) where entries[oldest.seq] == nil {
            entries[oldest.seq] = try states.datedEntry(oldest.seq)
        }
    }

    /// Follows the findings about one rule back, until a snapshot has none of them.
    mutating func follow(_ result: RuleResult, of drift: Drift, in states: some StateReader) throws {
        var rule = PastRule(
            result.rule, of: drift.baseline, kinds: drift.snapshot.kinds, incarnations: drift.incarnations)
        var lasting = Lasting(result.findings.filter(\.isDrifted))
        var stretch = try rule.stretch(around: drift.snapshot, release: drift.release, in: states)
        extend(lasting, to: stretch.first)
        while !lasting.places.isEmpty {
            guard let seq = try states.snapshot(before: stretch.first) else { return end(lasting) }
            let earlier = try rule.result(at: seq, in: states)
            narrow(&lasting, to: earlier.result)
            stretch = earlier.stretch
            extend(lasting, to: stretch.first)
        }
    }

    private mutating func narrow(_ lasting: inout Lasting, to earlier: PastRule.Result) {
        let values = Dictionary(earlier.drifted.map { ($0.id, $0.value) }) { first, _ in first }
        // An unseen or redacted value may have been the same.
        for (id, value) in lasting.findings {
            let isSame = values[id].map { Self.isSame(value, $0) } ?? false
            if isSame == true { continue }
            lasting.findings[id] = nil
            if earlier.isUnseen || isSame == nil { findings[id]?.isAtLatest = true }
        }
        let ended = lasting.places.subtracting(earlier.drifted.map(Place.init))
        lasting.places.subtract(ended)
        if earlier.isUnseen { for place in ended { places[place]?.isAtLatest = true } }
    }

    private static func isSame(_ one: FindingValue?, _ other: FindingValue?) -> Bool? {
        guard let one, let other else { return one == other }
        return one.isSame(as: other)
    }

    private mutating func extend(_ lasting: Lasting, to seq: Seq) {
        for id in lasting.findings.keys { findings[id] = Oldest(seq: seq) }
        for place in lasting.places { places[place] = Oldest(seq: seq) }
    }

    /// Ends at the first snapshot: what it shows may be older.
    private mutating func end(_ lasting: Lasting) {
        for id in lasting.findings.keys { findings[id]?.isAtLatest = true }
        for place in lasting.places { places[place]?.isAtLatest = true }
    }
}
