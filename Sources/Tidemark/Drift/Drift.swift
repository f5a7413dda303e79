import StrictYAML
import StrictJSON

/// A baseline held against a snapshot.
public struct Drift: Sendable {
    public let baseline: Baseline
    public let snapshot: SnapshotView
    /// What became of each rule: errors before warnings before notes, else in the order of the baseline.
    public private(set) var results: [RuleResult]
    /// Why the snapshot is too old to count as evidence of how things are, or nil.
    public let staleness: String?
    /// The release against which `releases` was held.
    public let release: RecordedRelease?

    /// - Parameters:
    ///   - release: The newest one at the snapshot; nil where none is known but what the snapshot records itself.
    ///   - environments: Those that the history holds; nil where that is not known.
    ///   - now: By which waivers end, and the snapshot is old.
    ///   - maximumAge: How old a snapshot may be, in milliseconds; nil for any age.
    /// - Throws: `FileError` where a literal is expected of a value that is redacted.
    public init(
        of snapshot: SnapshotView, from baseline: Baseline, release: RecordedRelease? = nil,
        environments: [EnvironmentName]? = nil, now: Timestamp, maximumAge: Int64?
    ) throws(FileError) {
        self.baseline = baseline
        self.snapshot = snapshot
        self.release = release ?? snapshot.recordedRelease
        var evaluator = BaselineEvaluator(snapshot, baseline, release: self.release, environments: environments)
        var results = baseline.rules.map { RuleResult($0, evaluator.findings(for: $0)) }
        if !evaluator.mistakes.isEmpty { throw FileError(evaluator.mistakes, in: baseline.files) }
        let waiving = WaiverApplier(baseline, of: snapshot.environment, now: now)
        results = waiving.apply(to: results)
        self.results = Severity.allCases.flatMap { severity in results.filter { $0.rule.info.severity == severity } }
        staleness = Self.staleness(of: snapshot, now: now, maximumAge: maximumAge)
    }

    private static func staleness(of snapshot: SnapshotView, now: Timestamp, maximumAge: Int64?) -> String? {
        let age = now.millisecondsSince1970 - snapshot.body.finished.millisecondsSince1970
        guard let maximumAge, age > maximumAge else { return nil }
        return "the latest snapshot is \(Duration.milliseconds(age).inWords) old, more than "
            + Duration.milliseconds(maximumAge).inWords
    }

    public var findings: [Finding] { results.flatMap(\.findings) }

    public func count(_ status: RuleStatus) -> Int { results.count { $0.status == status } }

    /// What is so, whatever is made of it: that of errors and warnings, new or not.
    public var verdict: Verdict { verdict(at: .standard) }

    /// - Parameter threshold: The least severity that counts. What is waived does not.
    public func verdict(failingOn threshold: Severity) -> Verdict { verdict(at: DriftGate(threshold: threshold)) }

    /// The same, with since when each finding has been so.
    public func telling(_ onsets: [FindingID: Onset]) -> Drift {
        var drift = self
        drift.results = results.map { result in
            var result = result
            result.findings = result.findings.map { finding in
                var finding = finding
                finding.since = onsets[finding.id]
                return finding
            }
            return result
        }
        return drift
    }

    /// Whether a finding came with this snapshot: that it was not there in the one before was seen. Nil where that is not
    /// known.
    public func isNew(_ finding: Finding) -> Bool? {
        guard let since = finding.since else { return nil }
        if since.entry.seq < snapshot.seq { return false }
        return since.isAtLatest ? nil : true
    }
}

/// What can be said of an environment: *in sync*, *drifted* or *unseen*.
public enum Verdict: String, Sendable, CaseIterable {
    case inSync = "in sync"
    case drifted
    case unseen
}

/// What can be said of one rule of the baseline.
public enum RuleStatus: String, Sendable, CaseIterable {
    case inSync = "in sync"
    case drifted
    /// Drifted, and accepted.
    case waived
    case unseen
}

/// What became of one rule.
public struct RuleResult: Sendable {
    public let rule: Rule
    /// None when it is in sync.
    public internal(set) var findings: [Finding]

    package init(_ rule: Rule, _ findings: [Finding]) {
        self.rule = rule
        self.findings = findings
    }

    public var status: RuleStatus {
        if findings.contains(where: { $0.isDrifted && !$0.isWaived }) { return .drifted }
        if findings.contains(where: { !$0.isDrifted }) { return .unseen }
        return findings.isEmpty ? .inSync : .waived
    }
}

extension Duration {
    /// The duration in its largest whole unit: `26 hours`.
    package var inWords: String {
        let seconds = components.seconds
        let (count, unit) =
            switch seconds {
            case 172_800...: (seconds / 86_400, "day")
            case 7200...: (seconds / 3600, "hour")
            case 120...: (seconds / 60, "minute")
            default: (seconds, "second")
            }
        return "\(count) \(unit)\(count == 1 ? "" : "s")"
    }
}
