import StrictJSON

/// A baseline held against a snapshot.
public struct Drift: Sendable {
    public let baseline: Baseline
    public let snapshot: Snapshot
    /// The baseline's file.
    public let file: String
    /// In the order of the baseline.
    public let results: [ExpectationResult]
    /// Why the snapshot is too old to count as evidence of how things are, or nil.
    public let staleness: String?

    /// - Parameter maximumAge: How old a snapshot may be, in milliseconds, when `now` is asked about; nil for any age.
    /// - Throws: `BaselineError` where a literal is expected of a value that is redacted.
    public init(
        of snapshot: Snapshot, from baseline: Baseline, file: String, now: Timestamp, maximumAge: Int64?
    ) throws(BaselineError) {
        self.baseline = baseline
        self.file = file
        self.snapshot = snapshot
        let judge = Judge(snapshot: snapshot)
        results = baseline.expectations.map { ExpectationResult(expectation: $0, findings: judge.findings(for: $0)) }
        staleness = Self.staleness(of: snapshot, now: now, maximumAge: maximumAge)
        let mistakes = results.flatMap(\.findings).compactMap(\.redactedLiteral)
        if !mistakes.isEmpty { throw BaselineError(file: file, mistakes: mistakes) }
    }

    private static func staleness(of snapshot: Snapshot, now: Timestamp, maximumAge: Int64?) -> String? {
        let age = now.millisecondsSince1970 - snapshot.body.finished.millisecondsSince1970
        guard let maximumAge, age > maximumAge else { return nil }
        return "the latest snapshot is \(Duration.milliseconds(age).inWords) old, more than "
            + Duration.milliseconds(maximumAge).inWords
    }

    public var findings: [Finding] { results.flatMap(\.findings) }

    public func count(_ verdict: Verdict) -> Int { results.count { $0.verdict == verdict } }

    /// Drifted if anything is; else unseen if anything could not be seen, or all of it is too old; else in sync.
    public var verdict: Verdict {
        if results.contains(where: { $0.verdict == .drifted }) { return .drifted }
        let isUnseen = staleness != nil || results.contains { $0.verdict == .unseen }
        return isUnseen ? .unseen : .inSync
    }
}

/// What can be said of an expectation: *in sync*, *drifted* or *unseen*.
public enum Verdict: String, Sendable, CaseIterable {
    case inSync = "in sync"
    case drifted
    case unseen
}

/// What became of one expectation.
public struct ExpectationResult: Sendable {
    public let expectation: Expectation
    /// None when it is in sync.
    public let findings: [Finding]

    public var verdict: Verdict {
        if findings.isEmpty { return .inSync }
        return findings.contains { if case .drifted = $0.verdict { true } else { false } } ? .drifted : .unseen
    }
}

extension Finding {
    /// The mistake of expecting a literal where the description holds none, because it is secret.
    fileprivate var redactedLiteral: BaselineMistake? {
        guard case .drifted(.changed(_, let actual, _, _)) = verdict, actual == Redacted.value, let path else {
            return nil
        }
        let requirement = expectation.requirements.first { path.steps.starts(with: $0.path.steps) }
        let rest = path.steps.dropFirst(requirement?.path.steps.count ?? 0)
        guard requirement?.expected.member(at: rest).isLiteral == true else { return nil }
        let name = if case .member(let name)? = path.steps.last { name } else { path.description }
        return BaselineMistake(
            requirement?.position ?? expectation.position,
            "'\(path)' is redacted, so no value can be expected of it: expect 'present: true', or declare it plain: "
                + "'record --plain \(name)', if it is no secret")
    }
}

extension Expected {
    /// What is expected at the end of some steps; all of it where they lead into no map.
    fileprivate func member(at steps: ArraySlice<AttributePath.Step>) -> Expected {
        guard case .map(let members) = self, let step = steps.first,
            let member = members.first(where: { $0.path.steps.map(\.name) == [step.name] })
        else { return self }
        return member.expected.member(at: steps.dropFirst())
    }
}

extension AttributePath.Step {
    fileprivate var name: String {
        switch self {
        case .member(let name), .key(let name): name
        }
    }
}

extension Duration {
    /// The duration in its largest whole unit: `26 hours`.
    var inWords: String {
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
