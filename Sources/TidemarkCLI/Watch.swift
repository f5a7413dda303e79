import AWSClient
import Tidemark
import TidemarkAWS

/// Tells the user on stderr how a walk goes.
struct Watch: Sendable {
    let environment: EnvironmentName
    /// Whether it is said how each question was answered.
    let isVerbose: Bool
    private let hasSaidThatItWaits = Locked(false)

    init(_ environment: EnvironmentName, isVerbose: Bool) {
        self.environment = environment
        self.isVerbose = isVerbose
    }

    /// Takes an event, from any task.
    func take(_ event: WalkEvent) {
        switch event {
        case .asked: break
        case .answered(let question): if isVerbose { Console.note(question.line) }
        case .unsettled(let reasons):
            let isFirst = hasSaidThatItWaits.withLock { said in
                defer { said = true }
                return !said
            }
            guard isFirst else { return }
            let why = reasons.joined(separator: "; ").printable
            Console.note("tidemark: waiting until '\(environment)' is settled: \(why)")
        }
    }
}
