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
    /// - Throws: `FileError` where a literal is expected of a value that is redacted.
    public init(
        of snapshot: Snapshot, from baseline: Baseline, file: String, now: Timestamp, maximumAge: Int64?
    ) throws(FileError) {
        self.baseline = baseline
        self.file = file
        self.snapshot = snapshot
        var judge = Judge(snapshot, baseline)
        results = baseline.expectations.map { ExpectationResult(expectation: $0, findings: judge.findings(for: $0)) }
        staleness = Self.staleness(of: snapshot, now: now, maximumAge: maximumAge)
        if !judge.mistakes.isEmpty { throw FileError(file: file, mistakes: judge.mistakes) }
    }

    private static func staleness(of snapshot: Snapshot, now: Timestamp, maximumAge: Int64?) -> String? {
        let age = now.millisecondsSince1970 - snapshot.body.finished.millisecondsSince1970
        guard let maximumAge, age > maximumAge else { return nil }
        return "the latest snapshot is \(Duration.milliseconds(age).inWords) old, more than "
            + Duration.milliseconds(maximumAge).inWords
    }

    public var findings: [Finding] { results.flatMap(\.findings) }

    public func count(_ verdict: Verdict) -> Int { results.count { $0.verdict == verdict } }

    /// Drifted if anything is; else unseen if anything could not be seen, expected or not, or all of it is too old; else
    /// in sync.
    public var verdict: Verdict {
        if results.contains(where: { $0.verdict == .drifted }) { return .drifted }
        let isUnseen = staleness != nil || !snapshot.gaps.isEmpty || results.contains { $0.verdict == .unseen }
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
