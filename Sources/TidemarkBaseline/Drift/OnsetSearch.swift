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
    /// The oldest snapshot so far, and whether an older one may have the same.
    private struct Oldest {
        var seq: Seq
        var isAtLatest = false
    }

    private var findings: [FindingID: Oldest] = [:]
    private var places: [RuleDrifts.Place: Oldest] = [:]
    private var entries: [Seq: DatedEntry] = [:]

    func onsets(of finding: Finding) -> (value: Onset?, place: Onset?) {
        (findings[finding.id].flatMap(onset), places[RuleDrifts.Place(finding)].flatMap(onset))
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
            result.rule, of: drift.baseline, kinds: drift.snapshot.kinds, earlier: drift.earlier)
        var lasting = RuleDrifts(result.findings)
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

    /// Keeps what an earlier snapshot has too. An unseen or redacted value may have been the same.
    private mutating func narrow(_ lasting: inout RuleDrifts, to earlier: PastRule.Result) {
        for (id, value) in lasting.values {
            let isSame = earlier.drifts.values[id].map { Self.isSame(value, $0) } ?? false
            if isSame == true { continue }
            lasting.values[id] = nil
            if earlier.isUnseen || isSame == nil { findings[id]?.isAtLatest = true }
        }
        let ended = lasting.places.subtracting(earlier.drifts.places)
        lasting.places.subtract(ended)
        if earlier.isUnseen { for place in ended { places[place]?.isAtLatest = true } }
    }

    private static func isSame(_ one: FindingValue?, _ other: FindingValue?) -> Bool? {
        guard let one, let other else { return one == other }
        return one.isSame(as: other)
    }

    private mutating func extend(_ lasting: RuleDrifts, to seq: Seq) {
        for id in lasting.values.keys { findings[id] = Oldest(seq: seq) }
        for place in lasting.places { places[place] = Oldest(seq: seq) }
    }

    /// Ends at the first snapshot, or at one before which the state is unknown: what it shows may be older.
    private mutating func end(_ lasting: RuleDrifts) {
        for id in lasting.values.keys { findings[id]?.isAtLatest = true }
        for place in lasting.places { places[place]?.isAtLatest = true }
    }
}
