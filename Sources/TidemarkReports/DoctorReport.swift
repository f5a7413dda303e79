import TidemarkKinds
import Tidemark

/// What works here: who asks, what they may look at, and what to do about the rest.
public struct DoctorReport: Sendable {
    private let observation: EnvironmentObservation
    /// Where the credentials come from.
    private let credentials: String
    private let outcomes: [(action: String, outcome: PermissionResult)]

    /// How the questions that need one permission went.
    enum PermissionResult: Hashable {
        case allowed
        case denied
        case failed(String)
        /// Nothing in this environment led to it.
        case unasked
    }

    public init(_ observation: EnvironmentObservation, credentials: String, kinds: KindRegistry) {
        self.observation = observation
        self.credentials = credentials
        let needed = Set(kinds.definitions.flatMap(\.questions).map(\.action))
        outcomes = needed.sorted { $0.precedesByUTF8($1) }.map { ($0, Self.outcome(of: $0, in: observation.coverage)) }
    }

    private static func outcome(of action: String, in coverage: Coverage) -> PermissionResult {
        let gaps = coverage.gaps.filter { $0.question.action == action && $0.outcome != .unreached }
        if gaps.contains(where: { $0.outcome == .denied }) { return .denied }
        if let gap = gaps.first { return .failed(gap.summary) }
        return coverage.questions.contains { $0.action == action } ? .allowed : .unasked
    }

    /// Whether everything that was asked was answered.
    public var isHealthy: Bool { observation.coverage.gaps.isEmpty }

    public func text(_ style: TextStyle = .plain) -> String {
        var text = TextLines()
        let binding = observation.binding
        text.add("credentials", "from \(credentials.printable)", width: 13, indent: 0)
        text.add("caller", observation.caller.printable, width: 13, indent: 0)
        text.add("looks at", "account \(binding.account), \(binding.region)", width: 13, indent: 0)
        text.add(
            "environment",
            "\(binding.ebEnvironment.printable) (\(binding.ebEnvironmentID.printable))", width: 13, indent: 0)
        text.add(Unsettled(observation.unsettled), width: 13, indent: 0)
        text.add("allowed", allowed, width: 13, indent: 0)
        text.add("denied", denied.map { style.paint($0, .red) }.joinedOrNil, width: 13, indent: 0)
        text.add("failed", failed.map { style.paint($0.printable, .yellow) }.joinedOrNil, width: 13, indent: 0)
        text.add("not asked", unasked.isEmpty ? nil : unasked.joined(separator: "\n"), width: 13, indent: 0)
        text.add("clock", observation.clockError.map { "\($0) seconds off AWS's" }, width: 13, indent: 0)
        text.add("next", denied.isEmpty ? nil : "attach what 'tidemark policy' prints", width: 13, indent: 0)
        return text.text
    }

    private var allowed: String {
        let asked = outcomes.count { $0.outcome != .unasked }
        return "\(outcomes.count { $0.outcome == .allowed }) of \(counted(asked, "action")) that this environment needs"
    }

    private var denied: [String] { outcomes.filter { $0.outcome == .denied }.map(\.action) }
    private var unasked: [String] { outcomes.filter { $0.outcome == .unasked }.map(\.action) }
    private var failed: [String] {
        outcomes.compactMap { if case .failed(let summary) = $0.outcome { summary } else { nil } }
    }
}
