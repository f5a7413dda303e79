import StrictYAML

/// A baseline held against one snapshot of the past after the other: when each rule would have fired, for how long, and how
/// often again.
///
/// Waivers are left out: what is asked is what the rules would have said, not what is accepted today.
public struct Replay: Sendable {
    public let baseline: Baseline
    public let environment: EnvironmentName
    /// What became of each rule: errors before warnings before notes, else in the order of the baseline.
    public private(set) var tracks: [Track]
    /// The first snapshot that was looked at, and the last; nil before any was.
    public private(set) var first: DatedEntry?
    public private(set) var last: DatedEntry?
    public private(set) var snapshotCount = 0
    /// Where a value is expected of what is redacted in the last snapshot.
    private var mistakes: [FileMistake] = []

    /// Evaluates a baseline against every state from an entry on.
    /// - Throws: `Failure` where the log is damaged, and `FileError` where a literal is expected of a value that is redacted.
    public init(
        of environment: EnvironmentName, from baseline: Baseline, over states: some StateSequence,
        from start: Seq, kinds: KindRegistry
    ) throws {
        var replay = Replay(of: environment, from: baseline)
        let usesReadings = baseline.expectations.contains { !$0.readings.isEmpty }
        try states.visitForwards(from: start, includingReadings: usesReadings) { state in
            replay.visit(state, kinds: kinds)
            return true
        }
        try replay.verify()
        self = replay
    }

    init(of environment: EnvironmentName, from baseline: Baseline) {
        self.environment = environment
        self.baseline = baseline
        let rules = baseline.rules.filter(\.isAboutSnapshot)
        tracks = Severity.allCases.flatMap { severity in
            rules.filter { $0.info.severity == severity }.map(Track.init)
        }
    }

    /// Takes the next later state.
    mutating func visit(_ state: RecordedState, kinds: KindRegistry) {
        let isFirst = first == nil
        first = first ?? state.entry
        last = state.entry
        snapshotCount += 1
        guard let snapshot = state.snapshot else {
            for index in tracks.indices { tracks[index].goOn() }
            return
        }
        var evaluator = BaselineEvaluator(
            SnapshotView(snapshot, kinds: kinds), baseline, release: state.release)
        for index in tracks.indices {
            let count = evaluator.mistakes.count
            let findings = evaluator.findings(for: tracks[index].rule)
            let isUnseen = !findings.isEmpty || evaluator.mistakes.count > count
            let isDrifted = findings.contains(where: \.isDrifted)
            tracks[index].take(isDrifted ? .drifted : isUnseen ? .unseen : .inSync, at: state.entry, isFirst: isFirst)
        }
        mistakes = evaluator.mistakes
    }

    /// - Throws: `FileError` where a literal is expected of a value that is redacted.
    func verify() throws(FileError) {
        if !mistakes.isEmpty { throw FileError(mistakes, in: baseline.files) }
    }
}

extension Replay {
    /// What became of one rule.
    public struct Track: Sendable {
        public let rule: Rule
        /// When it was not in sync, the earliest first.
        public private(set) var stretches: [Stretch] = []

        init(_ rule: Rule) { self.rule = rule }

        /// How it stood in the last snapshot.
        public var verdict: Verdict { stretches.last.flatMap { $0.end == nil ? $0.verdict : nil } ?? .inSync }

        public var drifts: [Stretch] { stretches.filter { $0.verdict == .drifted } }

        /// How often it began to drift. Where nobody saw in between that it was mended, it is still the same time.
        public var timesFired: Int {
            var count = 0
            var isFiring = false
            var end: Seq?
            for stretch in stretches {
                // Between stretches that do not touch it was seen to be in sync.
                if stretch.start.entry.seq != end { isFiring = false }
                if stretch.verdict == .drifted, !isFiring { (count, isFiring) = (count + 1, true) }
                end = stretch.end?.seq
            }
            return count
        }

        fileprivate mutating func goOn() {
            guard let index = stretches.indices.last, stretches[index].end == nil else { return }
            stretches[index].snapshotCount += 1
        }

        fileprivate mutating func take(_ verdict: Verdict, at moment: DatedEntry, isFirst: Bool) {
            if verdict == self.verdict { return goOn() }
            var start = Onset(moment, isAtLatest: isFirst)
            if let index = stretches.indices.last, stretches[index].end == nil {
                stretches[index].end = moment
                // What could not be seen may have been so already.
                start.isAtLatest = start.isAtLatest || stretches[index].verdict == .unseen
            }
            if verdict != .inSync { stretches.append(Stretch(verdict: verdict, start: start)) }
        }
    }

    /// A time without a break in which a rule stood the same, and was not in sync.
    public struct Stretch: Sendable {
        /// Drifted or unseen.
        public let verdict: Verdict
        /// The first snapshot in which it was so.
        public let start: Onset
        /// The first snapshot in which it was so no more; nil where the last one is of this stretch.
        public fileprivate(set) var end: DatedEntry?
        public fileprivate(set) var snapshotCount = 1

        fileprivate init(verdict: Verdict, start: Onset) {
            self.verdict = verdict
            self.start = start
        }
    }

    /// For how long it was so, in milliseconds: as far as the last snapshot, where it was so still.
    public func milliseconds(of stretch: Stretch) -> Int64 {
        let end = (stretch.end ?? last ?? stretch.start.entry).at
        // Below 0 where a clock was ahead at its start.
        return max(0, end.millisecondsSince1970 - stretch.start.entry.at.millisecondsSince1970)
    }
}
