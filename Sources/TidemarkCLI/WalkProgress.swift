import Locking
import AWSClient
import Tidemark
import TidemarkAWS

/// Tells the user on stderr how a walk goes: on a terminal by a line that is rewritten, elsewhere only that it waits.
struct WalkProgress: Sendable {
    let environment: EnvironmentName
    /// Whether it is said how each question was answered.
    let isVerbose: Bool
    /// Nil where there is no terminal, and where lines are written all the time.
    private let progress: ProgressLine?
    private let hasSaidThatItWaits = Locked(false)

    init(_ environment: EnvironmentName, isVerbose: Bool) {
        self.environment = environment
        self.isVerbose = isVerbose
        progress = Console.isWatched && !isVerbose && !Console.isDebugging ? Console.progress : nil
    }

    /// Shows an event; may be called from any task.
    func show(_ event: WalkEvent) {
        switch event {
        case .walkStarted: progress?.update { $0.begin(at: .now) }
        case .questionStarted(let question, let resource): progress?.update { $0.ask(question, about: resource) }
        case .questionEnded(let report):
            progress?.update { $0.answer(report.question) }
            if isVerbose { Console.note(report.line) }
        case .unsettled(let reasons):
            progress?.update { $0.wait(reasons, at: .now) }
            if progress == nil, !reasons.isEmpty { sayOnce(reasons) }
        }
    }

    private func sayOnce(_ reasons: [UnsettledReason]) {
        let isSaid = hasSaidThatItWaits.withLock { isSaid in
            defer { isSaid = true }
            return isSaid
        }
        guard !isSaid else { return }
        let why = reasons.map(\.sentence).joined(separator: "; ")
        Console.note("tidemark: waiting until '\(environment)' is settled: \(why)")
    }
}
