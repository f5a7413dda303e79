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
    public let tracks: [Track]
    /// The first snapshot that was evaluated; nil if there was none.
    public let first: DatedEntry?
    /// The last snapshot that was evaluated; nil if there was none.
    public let last: DatedEntry?
    /// The number of snapshots that were evaluated.
    public let snapshotCount: Int

    /// Evaluates a baseline against every state from an entry on.
    /// - Parameter earlier: What earlier entries show; nil if unknown.
    /// - Throws: `Failure` if the log is damaged, and `FileError` if a literal is expected of a redacted value.
    public init(
        of environment: EnvironmentName, from baseline: Baseline, over states: RecordedStates,
        from start: Seq, earlier: EarlierEntries? = nil, kinds: KindRegistry
    ) throws {
        self.environment = environment
        self.baseline = baseline
        let builtIn = baseline.builtInRules.filter { baseline.settings[$0.name] != nil }
        let rules = (baseline.rules + builtIn).filter(\.isAboutSnapshot)
        let ordered = Severity.allCases.flatMap { severity in rules.filter { $0.info.severity == severity } }
        var (tracks, mistakes, visited) = ([Track](), [FileMistake](), ArraySlice<Seq>())
        var (first, last) = (DatedEntry?.none, DatedEntry?.none)
        try states.read { states in
            visited = try states.snapshots().drop { $0 < start }
            first = try visited.first.map(states.datedEntry)
            last = try visited.last.map(states.datedEntry)
            for rule in ordered {
                var past = PastRule(rule, of: baseline, kinds: kinds, earlier: earlier)
                var track = Track(rule)
                let found = try track.follow(&past, over: visited, in: states)
                tracks.append(track)
                mistakes += found.filter { !mistakes.contains($0) }
            }
        }
        (self.tracks, self.first, self.last, snapshotCount) = (tracks, first, last, visited.count)
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

        /// The verdict on the snapshot before the first one; nil if there is none.
        private var verdictBefore: Verdict?

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

        /// Adds the verdicts on some snapshots, which follow each other.
        /// - Returns: The expectations of values that the last one has redacted.
        fileprivate mutating func follow(
            _ past: inout PastRule, over snapshots: ArraySlice<Seq>, in states: some StateReader
        ) throws -> [FileMistake] {
            guard let first = snapshots.first else { return [] }
            verdictBefore = try states.snapshot(before: first).map {
                try past.result(at: $0, in: states).result.verdict
            }
            var (rest, mistakes) = (snapshots, [FileMistake]())
            while let seq = rest.first {
                let (result, stretch) = try past.result(at: seq, in: states)
                let following = rest.drop { seq in stretch.end.map { seq < $0 } ?? true }
                let isUnknownBefore = try states.snapshot(before: seq) == nil
                if result.verdict != verdict || isUnknownBefore {
                    begin(
                        result.verdict, at: try states.datedEntry(seq),
                        isAtLatest: isUnknownBefore || seq == first && verdictBefore != .inSync)
                }
                if let index = stretches.indices.last, stretches[index].end == nil {
                    stretches[index].snapshotCount += rest.count - following.count
                }
                (rest, mistakes) = (following, result.mistakes)
            }
            return mistakes
        }

        private mutating func begin(_ verdict: Verdict, at moment: DatedEntry, isAtLatest: Bool) {
            var start = Onset(moment, isAtLatest: isAtLatest)
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
        public fileprivate(set) var snapshotCount = 0

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

extension PastRule.Result {
    fileprivate var verdict: Verdict { drifts.places.isEmpty ? isUnseen ? .unseen : .inSync : .drifted }
}
