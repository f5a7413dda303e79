import AWSClient
import Locking
import Tidemark
import TidemarkAWS

/// Shows the progress of a walk on stderr: a line that is rewritten on a terminal, elsewhere one line if it waits.
struct WalkProgress: Sendable {
    let environment: EnvironmentName
    /// Whether the outcome of each question is printed.
    let isVerbose: Bool
    /// Nil without a terminal, or if lines are printed all the time.
    private let progress: ProgressLine?
    private let hasReportedWaiting = Locked(false)

    init(_ environment: EnvironmentName, isVerbose: Bool) {
        self.environment = environment
        self.isVerbose = isVerbose
        progress = Console.isWatched && !isVerbose && !Console.isDebugging ? Console.progress : nil
    }

    /// Shows an event; may be called from any task.
    func show(_ event: WalkEvent) {
        switch event {
        case .walkStarted: progress?.update { $0.begin(at: $1) }
        case .questionStarted(let question, let resource):
            progress?.update { report, _ in report.ask(question, about: resource) }
        case .questionEnded(let report):
            progress?.update { progress, _ in progress.answer(report.question) }
            if isVerbose { Console.note(report.line) }
        case .unsettled(let reasons):
            progress?.update { $0.wait(reasons, at: $1) }
            if progress == nil, !reasons.isEmpty { reportOnce(reasons) }
        }
    }

    private func reportOnce(_ reasons: [UnsettledReason]) {
        let isReported = hasReportedWaiting.withLock { isReported in
            defer { isReported = true }
            return isReported
        }
        guard !isReported else { return }
        let why = reasons.map(\.sentence).joined(separator: "; ")
        Console.note("tidemark: waiting until '\(environment)' is settled: \(why)")
    }
}
