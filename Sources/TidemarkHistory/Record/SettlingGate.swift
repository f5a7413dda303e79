import CivilTime
import Tidemark

/// Lets a look pass, or sees to it that the environment comes to rest before the next one.
struct SettlingGate {
    private let subject: String
    private let isRelease: Bool
    private let policy: SettlingPolicy
    private let deadline: ContinuousClock.Instant

    init(_ environment: EnvironmentName, release: Release?, _ policy: SettlingPolicy) {
        subject = release.map { "release '\($0.label.printable)' of '\(environment)'" } ?? "'\(environment)'"
        isRelease = release != nil
        self.policy = policy
        deadline = ContinuousClock.now + (policy.limit ?? .zero)
    }

    func passes(_ observation: EnvironmentObservation) -> Bool {
        switch policy {
        case .allow: true
        case .refuse: observation.isSettled || !isRelease
        case .wait: observation.isSettled
        }
    }

    /// Returns when the environment is at rest, as far as that is known.
    /// - Parameter reasons: Why it was not when it was last looked at.
    /// - Throws: `Failure` where it is not, or not in time; what the wait throws.
    func open(_ reasons: [String] = []) async throws {
        var reasons = reasons
        if case .wait(let wait) = policy { reasons = try await wait.settle(reasons, deadline) }
        guard reasons.isEmpty else { throw refusal(reasons) }
    }

    private func refusal(_ reasons: [String]) -> Failure {
        let why = reasons.map(\.printable).joined(separator: "; ")
        let (still, remedy) =
            switch policy.limit {
            case let limit?:
                (
                    "still unsettled after \(limit.inWords)",
                    "give --wait more time, or pass --allow-unsettled to record it as it is"
                )
            case nil:
                ("unsettled", "pass --wait to wait until it is at rest, or --allow-unsettled to record it as it is")
            }
        return Failure(
            .unsettled, "\(subject) was not recorded", why: "the environment is \(still): \(why)", remedy: remedy)
    }
}
