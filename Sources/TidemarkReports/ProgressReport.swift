import CivilTime
import Tidemark

/// How far a walk is, for one line of a terminal: how much was answered, for how long it has been going on, and what it waits
/// for.
public struct ProgressReport: Sendable {
    /// The questions that are being asked, the oldest first.
    private var asked: [(question: Question, resource: ResourceID)] = []
    private var answered = 0
    private var phase = Phase.idle

    private enum Phase {
        case idle
        case walking(since: ContinuousClock.Instant)
        case waiting(Unsettled, since: ContinuousClock.Instant)
    }

    public init() {}

    /// A walk begins, by establishing the caller.
    public mutating func begin(at now: ContinuousClock.Instant) {
        self = ProgressReport()
        phase = .walking(since: now)
    }

    public mutating func ask(_ question: Question, about resource: ResourceID) {
        asked.append((question, resource))
    }

    public mutating func answer(_ question: Question) {
        guard let index = asked.firstIndex(where: { $0.question == question }) else { return }
        asked.remove(at: index)
        answered += 1
    }

    /// The environment is waited for, or, without a reason to, no longer.
    public mutating func wait(_ reasons: [UnsettledReason], at now: ContinuousClock.Instant) {
        switch phase {
        case _ where reasons.isEmpty: phase = .idle
        case .waiting(_, let since): phase = .waiting(Unsettled(reasons), since: since)
        case .idle, .walking: phase = .waiting(Unsettled(reasons), since: now)
        }
    }

    /// The line, cut to so many columns; empty where there is nothing to say.
    public func text(at now: ContinuousClock.Instant, columns: Int) -> String {
        switch phase {
        case .idle: ""
        case .walking(let since):
            "\(answered) of \(answered + asked.count) answered, \((now - since).onAClock): \(question)".cut(to: columns)
        case .waiting(let unsettled, let since):
            "waiting \((now - since).onAClock): \(unsettled.inWords ?? "")".cut(to: columns)
        }
    }

    /// The question that has been waited for the longest.
    private var question: String {
        guard let (question, resource) = asked.first else { return answered == 0 ? "sts:GetCallerIdentity" : "done" }
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
    /// As much as is sure to fit: what is not ASCII may take two columns, or none.
    fileprivate func cut(to columns: Int) -> String {
        var left = columns
        let fitting = unicodeScalars.prefix { scalar in
            left -= scalar.isASCII ? 1 : 2
            return left >= 0
        }
        return String(String.UnicodeScalarView(fitting))
    }
}
