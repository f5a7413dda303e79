import Tidemark
import TidemarkKinds

/// The report of `doctor`: the caller, the permissions that it has, and how to get the rest.
public struct DoctorReport: Sendable {
    private let observation: EnvironmentObservation
    /// The source of the credentials.
    private let credentials: String
    private let outcomes: [(action: String, outcome: PermissionResult)]

    /// The outcome of the questions that need a permission.
    enum PermissionResult: Hashable {
        case allowed
        case denied
        case failed(String)
        /// No question of this environment needed it.
        case unneeded
        /// A question that was not answered may have led to one that needs it.
        case unreached
    }

    /// Creates the report of one walk.
    /// - Parameter credentials: The source of the credentials, for people: `the environment`.
    public init(_ observation: EnvironmentObservation, credentials: String, kinds: KindRegistry) {
        self.observation = observation
        self.credentials = credentials
        let known = Set(kinds.definitions.flatMap(\.questions).map(\.action))
        let coverage = observation.coverage
        let unreached = Self.unreached(in: coverage, kinds: kinds)
        outcomes = known.sorted { $0.precedesByUTF8($1) }.map { action in
            (action, Self.outcome(of: action, in: coverage) ?? (unreached.contains(action) ? .unreached : .unneeded))
        }
    }

    /// The actions of the questions that the gaps may have hidden.
    private static func unreached(in coverage: Coverage, kinds: KindRegistry) -> Set<String> {
        let hidden = Set(coverage.gaps.flatMap(\.kinds)).compactMap { kinds[$0] }
        let actions = coverage.gaps.filter { $0.outcome == .unreached }.map(\.question.action)
        return Set(hidden.flatMap(\.questions).map(\.action) + actions)
    }

    /// Nil if no question needed the action.
    private static func outcome(of action: String, in coverage: Coverage) -> PermissionResult? {
        let gaps = coverage.gaps.filter { $0.question.action == action && $0.outcome != .unreached }
        if gaps.contains(where: { $0.outcome == .denied }) { return .denied }
        if let gap = gaps.first { return .failed(gap.summary) }
        let unreached = coverage.gaps.filter { $0.outcome == .unreached }.map(\.question)
        return coverage.questions.contains { $0.action == action && !unreached.contains($0) } ? .allowed : nil
    }

    /// Whether every question was answered.
    public var isHealthy: Bool { observation.coverage.gaps.isEmpty }

    /// The report as text for people, on a terminal with colors.
    public func text(_ style: TextStyle = .plain) -> String {
        var text = TextLines()
        let binding = observation.binding
        let rows: [(name: String, value: String?)] = [
            ("credentials", "from \(credentials.printable)"), ("caller", observation.caller.printable),
            ("looks at", "account \(binding.account), \(binding.region)"),
            ("environment", "\(binding.ebEnvironment.printable) (\(binding.ebEnvironmentID.printable))"),
            ("unsettled", Unsettled(observation.unsettled).inWords), ("allowed", allowed),
            ("denied", denied.map { style.paint($0, .red) }.joinedOrNil),
            ("failed", failed.map { style.paint($0.printable, .yellow) }.joinedOrNil),
            ("not reached", unreached.map { "\($0): unknown" }.joinedOrNil),
            ("not needed", unneeded.joinedOrNil),
            ("not followed", observation.notFollowedHosts.flatMap { $0.map(\.description).joinedOrNil }),
            ("clock", observation.clockError.map { "\($0) seconds off AWS's" }),
            ("changes", pulls),
            ("next", denied.isEmpty ? nil : "attach the policy that 'tidemark policy' prints"),
        ]
        for (name, value) in rows { text.add(name, value, width: 13, indent: 0) }
        return text.text
    }

    private var allowed: String {
        let needed = outcomes.count { ![.unneeded, .unreached].contains($0.outcome) }
        return
            "\(outcomes.count { $0.outcome == .allowed }) of \(counted(needed, "action")) that this environment needs"
    }

    /// The one thing that the questions change; nil if they do not.
    private var pulls: String? {
        let asks = outcomes.contains { $0.action == "ecr:BatchGetImage" && $0.outcome != .unneeded }
        guard asks else { return nil }
        return
            "ecr:BatchGetImage sets lastRecordedPullTime of an image, by which lifecycle rules expire and archive: each "
            + "digest is asked for once ever; --no-manifests does without"
    }

    private var denied: [String] { outcomes.filter { $0.outcome == .denied }.map(\.action) }
    private var unneeded: [String] { outcomes.filter { $0.outcome == .unneeded }.map(\.action) }
    private var unreached: [String] { outcomes.filter { $0.outcome == .unreached }.map(\.action) }
    private var failed: [String] {
        outcomes.compactMap { if case .failed(let summary) = $0.outcome { summary } else { nil } }
    }
}
