import StrictJSON
import StrictYAML
import Tidemark
import TidemarkKinds

/// The result of evaluating a baseline against a snapshot.
public struct Drift: Sendable {
    /// The baseline.
    public let baseline: Baseline
    /// The snapshot that was evaluated.
    public let snapshot: SnapshotView
    /// The result of each rule: errors, then warnings, then notes, each in the order of the baseline.
    public private(set) var results: [RuleResult]
    /// The age of the snapshot if it is too old to be evidence of the present; nil if it is not.
    public let staleness: Staleness?
    /// The release that `releases` was evaluated against.
    public let release: RecordedRelease?
    /// Whether an unsettled snapshot counts as unseen, and strict built-in rules are errors.
    public let isStrict: Bool
    let earlier: EarlierEntries?

    /// Evaluates a baseline against a snapshot.
    /// - Parameters:
    ///   - release: The newest release at the snapshot; nil for the one that the snapshot records, if any.
    ///   - environments: The environments in the history; nil if unknown.
    ///   - earlier: What earlier entries show; nil if unknown.
    ///   - isStrict: Whether an unsettled snapshot counts as unseen, and strict built-in rules are errors.
    ///   - now: The time that decides whether waivers are expired and the snapshot is too old.
    ///   - maximumAge: The age, in milliseconds, from which on the snapshot is too old; nil for no limit.
    /// - Throws: `FileError` if a literal is expected of a redacted value.
    public init(
        of snapshot: SnapshotView, from baseline: Baseline, release: RecordedRelease? = nil,
        environments: [EnvironmentName]? = nil, earlier: EarlierEntries? = nil, isStrict: Bool = false,
        now: Timestamp, maximumAge: Int64?
    ) throws(FileError) {
        self.baseline = baseline
        self.snapshot = snapshot
        self.release = release ?? snapshot.recordedRelease
        self.isStrict = isStrict
        self.earlier = earlier
        var evaluator = BaselineEvaluator(
            snapshot, baseline, release: self.release, environments: environments, earlier: earlier)
        var hints = NameHints()
        var results = baseline.rules.map { rule in
            RuleResult(rule, evaluator.findings(for: rule).map { evaluator.withHint($0, &hints) })
        }
        results += BuiltInRule.all.flatMap { evaluator.results(ofBuiltIn: $0, isStrict: isStrict) }
        if !evaluator.mistakes.isEmpty { throw FileError(evaluator.mistakes, in: baseline.files) }
        let applier = WaiverApplier(baseline, at: snapshot, now: now)
        results = applier.apply(to: results)
        self.results = Severity.allCases.flatMap { severity in results.filter { $0.rule.info.severity == severity } }
        staleness = Self.staleness(of: snapshot, now: now, maximumAge: maximumAge)
    }

    private static func staleness(of snapshot: SnapshotView, now: Timestamp, maximumAge: Int64?) -> Staleness? {
        let age = now.millisecondsSince1970 - snapshot.body.finished.millisecondsSince1970
        guard let maximumAge, age > maximumAge else { return nil }
        return Staleness(age: .milliseconds(age), maximumAge: .milliseconds(maximumAge))
    }

    /// Every finding, in the order of its rules.
    public var findings: [Finding] { results.flatMap(\.findings) }

    /// The number of rules with a status.
    public func count(_ status: RuleStatus) -> Int { results.count { $0.status == status } }

    /// The verdict of the standard gate: errors and warnings count, new or not.
    public var verdict: Verdict { verdict(at: .standard) }

    /// The drift with the onsets of each finding: that of its value, and that of the drift of its attribute.
    package func withOnsets(_ onsets: (Finding) -> (value: Onset?, place: Onset?)) -> Drift {
        var drift = self
        drift.results = results.map { result in
            var result = result
            result.findings = result.findings.map { finding in
                var finding = finding
                (finding.since, finding.driftingSince) = onsets(finding)
                return finding
            }
            return result
        }
        return drift
    }

    /// Whether the snapshot before shows that a finding is new. Nil if unknown.
    public func isNew(_ finding: Finding) -> Bool? {
        guard let since = finding.since else { return nil }
        if since.entry.seq < snapshot.seq { return false }
        return since.isAtLatest ? nil : true
    }
}

/// The age of a snapshot that is too old to be evidence of the present.
public struct Staleness: Sendable, Hashable {
    /// The age of the snapshot.
    public let age: Duration
    /// The limit that the age exceeds.
    public let maximumAge: Duration
}

/// The verdict on an environment: *in sync*, *drifted* or *unseen*.
public enum Verdict: String, Sendable, CaseIterable {
    case inSync = "in sync"
    case drifted
    /// No drift that counts was seen, and not everything could be seen.
    case unseen
}

/// The verdict on one rule of a baseline.
public enum RuleStatus: String, Sendable, CaseIterable {
    case inSync = "in sync"
    case drifted
    /// Not compared, since the resource of another expectation is missing.
    case notChecked = "not checked"
    /// Drifted, with a waiver for every finding.
    case waived
    /// No unwaived drift, and at least one finding that could not be seen.
    case unseen
}

/// The findings about one rule.
public struct RuleResult: Sendable {
    /// The rule.
    public let rule: Rule
    /// Empty if the rule is in sync.
    public internal(set) var findings: [Finding]

    package init(_ rule: Rule, _ findings: [Finding]) {
        self.rule = rule
        self.findings = findings
    }

    /// The status of the rule: drifted before unseen before not checked before waived.
    public var status: RuleStatus {
        if findings.contains(where: { $0.isDrifted && !$0.isWaived }) { return .drifted }
        if findings.contains(where: \.isUnseen) { return .unseen }
        if findings.contains(where: { !$0.isDrifted }) { return .notChecked }
        return findings.isEmpty ? .inSync : .waived
    }
}
