import StrictYAML
import Tidemark
import TidemarkKinds

/// The evaluation of a baseline against the snapshots of the past: when each rule would have fired, how often and for how
/// long.
///
/// Waivers are ignored: they state what is accepted today.
public struct Replay: Sendable {
    /// The baseline.
    public let baseline: Baseline
    /// The environment whose history is replayed.
    public let environment: EnvironmentName
    /// The track of each rule: errors, then warnings, then notes, each in the order of the baseline.
    public private(set) var tracks: [Track]
    /// The first snapshot that was evaluated; nil if there was none.
    public private(set) var first: DatedEntry?
    /// The last snapshot that was evaluated; nil if there was none.
    public private(set) var last: DatedEntry?
    /// The number of snapshots that were evaluated.
    public private(set) var snapshotCount = 0
    private let incarnations: IncarnationHistory?
    /// The expectations of values that the last snapshot has redacted.
    private var mistakes: [FileMistake] = []

    /// Evaluates a baseline against every state from an entry on.
    /// - Parameter incarnations: The earlier incarnations of resources; nil if unknown.
    /// - Throws: `Failure` if the log is damaged, and `FileError` if a literal is expected of a redacted value.
    public init(
        of environment: EnvironmentName, from baseline: Baseline, over states: some StateSequence,
        from start: Seq, incarnations: IncarnationHistory? = nil, kinds: KindRegistry
    ) throws {
        var replay = Replay(of: environment, from: baseline, incarnations: incarnations)
        let usesReadings = replay.tracks.contains { $0.rule.usesReadings }
        try replay.visitBefore(start, in: states, includingReadings: usesReadings, kinds: kinds)
        try states.visitForwards(from: start, includingReadings: usesReadings) { state in
            replay.visit(state, kinds: kinds)
            return true
        }
        try replay.verify()
        self = replay
    }

    init(of environment: EnvironmentName, from baseline: Baseline, incarnations: IncarnationHistory? = nil) {
        self.incarnations = incarnations
        self.environment = environment
        self.baseline = baseline
        let builtIn = baseline.builtInRules.filter { baseline.settings[$0.name] != nil }
        let rules = (baseline.rules + builtIn).filter(\.isAboutSnapshot)
        tracks = Severity.allCases.flatMap { severity in
            rules.filter { $0.info.severity == severity }.map(Track.init)
        }
    }

    /// Evaluates the state before the first one to replay: a rule that was in sync then began to drift with the first one.
    private mutating func visitBefore(
        _ start: Seq, in states: some StateSequence, includingReadings: Bool, kinds: KindRegistry
    ) throws(Failure) {
        var hasVisitedStart = false
        var before: RecordedState?
        try states.visitBackwards(from: start, includingReadings: includingReadings) { state in
            // The state at the start may be older than the start.
            if !hasVisitedStart, state.entry.seq == start {
                hasVisitedStart = true
                return true
            }
            before = state
            return false
        }
        guard let before, let snapshot = before.snapshot else { return }
        let verdicts = verdicts(on: snapshot, release: before.release, kinds: kinds)
        for index in tracks.indices { tracks[index].verdictBefore = verdicts[index] }
    }

    /// The verdict of each track on one snapshot.
    private mutating func verdicts(
        on snapshot: Snapshot, release: RecordedRelease?, kinds: KindRegistry
    ) -> [Verdict] {
        var evaluator = BaselineEvaluator(
            SnapshotView(snapshot, kinds: kinds), baseline, release: release, incarnations: incarnations)
        let verdicts = tracks.map { track -> Verdict in
            let count = evaluator.mistakes.count
            let findings = evaluator.findings(for: track.rule)
            let isUnseen = !findings.isEmpty || evaluator.mistakes.count > count
            return findings.contains(where: \.isDrifted) ? .drifted : isUnseen ? .unseen : .inSync
        }
        mistakes = evaluator.mistakes
        return verdicts
    }

    /// Evaluates the next later state.
    mutating func visit(_ state: RecordedState, kinds: KindRegistry) {
        let isFirst = first == nil
        first = first ?? state.entry
        last = state.entry
        snapshotCount += 1
        guard let snapshot = state.snapshot else {
            for index in tracks.indices { tracks[index].extend() }
            return
        }
        let verdicts = verdicts(on: snapshot, release: state.release, kinds: kinds)
        for index in tracks.indices { tracks[index].add(verdicts[index], at: state.entry, isFirst: isFirst) }
    }

    /// - Throws: `FileError` if a literal is expected of a redacted value.
    func verify() throws(FileError) {
        if !mistakes.isEmpty { throw FileError(mistakes, in: baseline.files) }
    }
}

extension Replay {
    /// The verdicts on one rule through time.
    public struct Track: Sendable {
        /// The rule.
        public let rule: Rule
        /// The stretches in which it was not in sync, the earliest first.
        public private(set) var stretches: [Stretch] = []

        /// The verdict on the state before the first one; nil if there is none, or if it may be the same state.
        fileprivate var verdictBefore: Verdict?

        init(_ rule: Rule) { self.rule = rule }

        /// The verdict at the last snapshot.
        public var verdict: Verdict { stretches.last.flatMap { $0.end == nil ? $0.verdict : nil } ?? .inSync }

        /// The stretches in which the rule drifted.
        public var drifts: [Stretch] { stretches.filter { $0.verdict == .drifted } }

        /// The number of times that it began to drift. Two stretches count once unless it was seen in sync in between.
        public var timesFired: Int {
            var count = 0
            var isFiring = false
            var end: Seq?
            for stretch in stretches {
                // The rule was in sync between stretches that are not adjacent.
                if stretch.start.entry.seq != end { isFiring = false }
                if stretch.verdict == .drifted, !isFiring { (count, isFiring) = (count + 1, true) }
                end = stretch.end?.seq
            }
            return count
        }

        fileprivate mutating func extend() {
            guard let index = stretches.indices.last, stretches[index].end == nil else { return }
            stretches[index].snapshotCount += 1
        }

        fileprivate mutating func add(_ verdict: Verdict, at moment: DatedEntry, isFirst: Bool) {
            if verdict == self.verdict { return extend() }
            var start = Onset(moment, isAtLatest: isFirst && verdictBefore != .inSync)
            if let index = stretches.indices.last, stretches[index].end == nil {
                stretches[index].end = moment
                // The drift may have begun while the rule was unseen.
                start.isAtLatest = start.isAtLatest || stretches[index].verdict == .unseen
            }
            if verdict != .inSync { stretches.append(Stretch(verdict: verdict, start: start)) }
        }
    }

    /// A span of snapshots in which a rule had the same verdict, other than in sync.
    public struct Stretch: Sendable {
        /// Drifted or unseen.
        public let verdict: Verdict
        /// The first snapshot of the stretch.
        public let start: Onset
        /// The first snapshot after the stretch; nil if it lasts to the last snapshot.
        public fileprivate(set) var end: DatedEntry?
        /// The number of snapshots in the stretch.
        public fileprivate(set) var snapshotCount = 1

        fileprivate init(verdict: Verdict, start: Onset) {
            self.verdict = verdict
            self.start = start
        }
    }

    /// The duration of a stretch in milliseconds, up to the last snapshot if it lasts that long.
    public func milliseconds(of stretch: Stretch) -> Int64 {
        let end = (stretch.end ?? last ?? stretch.start.entry).at
        // A clock that was ahead at the start would make it negative.
        return max(0, end.millisecondsSince1970 - stretch.start.entry.at.millisecondsSince1970)
    }
}
