import CivilTime
import Tidemark

/// The progress of a walk in one line of a terminal: how many questions are answered, the elapsed time, and what it waits
/// for. Times are measured from a fixed moment.
public struct ProgressReport: Sendable {
    /// The open questions, oldest first.
    private var open: [(question: Question, resource: ResourceID)] = []
    private var answered = 0
    private var phase = Phase.idle

    private enum Phase {
        case idle
        case walking(since: Duration)
        case waiting(Unsettled, since: Duration)
    }

    /// Creates the report of a walk that has not started.
    public init() {}

    /// Starts a walk, which first establishes the caller.
    public mutating func begin(at now: Duration) {
        self = ProgressReport()
        phase = .walking(since: now)
    }

    /// Counts a question that is asked.
    public mutating func ask(_ question: Question, about resource: ResourceID) {
        open.append((question, resource))
    }

    /// Counts a question that was answered, with or without success.
    public mutating func answer(_ question: Question) {
        guard let index = open.firstIndex(where: { $0.question == question }) else { return }
        open.remove(at: index)
        answered += 1
    }

    /// Starts to wait for the environment, or stops if there is no reason.
    public mutating func wait(_ reasons: [UnsettledReason], at now: Duration) {
        switch phase {
        case _ where reasons.isEmpty: phase = .idle
        case .waiting(_, let since): phase = .waiting(Unsettled(reasons), since: since)
        case .idle, .walking: phase = .waiting(Unsettled(reasons), since: now)
        }
    }

    /// The line, cut to a number of columns; empty if no walk is running.
    public func text(at now: Duration, columns: Int) -> String {
        switch phase {
        case .idle: ""
        case .walking(let since):
            "\(answered) of \(answered + open.count) answered, \((now - since).onAClock): \(question)".cut(to: columns)
        case .waiting(let unsettled, let since):
            "waiting \((now - since).onAClock): \(unsettled.inWords ?? "")".cut(to: columns)
        }
    }

    /// The oldest open question.
    private var question: String {
        guard let (question, resource) = open.first else { return answered == 0 ? "sts:GetCallerIdentity" : "done" }
        return "\(question.action) about \(resource.identity)".printable
    }
}

extension Duration {
    /// `42s`, `1m02s`.
    fileprivate var onAClock: String {
        let (minutes, seconds) = components.seconds.quotientAndRemainder(dividingBy: 60)
        return minutes == 0 ? "\(seconds)s" : "\(minutes)m\(seconds < 10 ? "0" : "")\(seconds)s"
    }
}

extension String {
    /// The longest prefix that certainly fits: a character other than ASCII may take two columns, or none.
    fileprivate func cut(to columns: Int) -> String {
        var left = columns
        let fitting = unicodeScalars.prefix { scalar in
            left -= scalar.isASCII ? 1 : 2
            return left >= 0
        }
        return String(String.UnicodeScalarView(fitting))
    }
}
