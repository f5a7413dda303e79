import CivilTime
import StrictJSON

/// Decides by a `SettlingPolicy` whether an observation is recorded, and waits for the next one if it is not.
struct SettlingGate {
    private let subject: String
    private let isRelease: Bool
    private let policy: SettlingPolicy
    private let clock: ProgramClock
    private let deadline: Duration

    init(_ environment: EnvironmentName, release: Release?, _ policy: SettlingPolicy, clock: ProgramClock) {
        subject = release.map { "release '\($0.label.printable)' of '\(environment)'" } ?? "'\(environment)'"
        isRelease = release != nil
        self.policy = policy
        self.clock = clock
        deadline = clock.elapsed() + (policy.limit ?? .zero)
    }

    func passes(_ observation: EnvironmentObservation) -> Bool {
        switch policy {
        case .allow: true
        case .refuse: observation.isSettled || !isRelease
        case .wait: observation.isSettled
        }
    }

    /// Waits until the environment is settled, if that is the policy.
    /// - Parameter reasons: Why it was unsettled when it was last observed; empty if that is unknown.
    /// - Throws: `Failure` with the code `unsettled` if it is not settled in time; what the wait throws.
    func waitUntilSettled(_ reasons: [UnsettledReason] = []) async throws {
        var reasons = reasons
        if case .wait(let wait) = policy { reasons = try await wait.settle(reasons, deadline - clock.elapsed()) }
        guard reasons.isEmpty else { throw refusal(reasons) }
    }

    private func refusal(_ reasons: [UnsettledReason]) -> Failure {
        let why = reasons.map(\.sentence).joined(separator: "; ")
        let (state, remedy): (String, Remedy) =
            switch policy.limit {
            case let limit?: ("still unsettled after \(limit.inWords)", .waitLongerOrAllowUnsettled)
            case nil: ("unsettled", .waitOrAllowUnsettled)
            }
        return Failure(
            .unsettled, "\(subject) was not recorded", why: "the environment is \(state): \(why)", remedy: remedy)
    }
}
