/// A moment in an environment's history, as a user writes it.
public enum Moment: Sendable, Hashable, CustomStringConvertible {
    /// `latest`, or `latest~2`: that many snapshots before it.
    case latest(back: Int)
    /// `@42`.
    case seq(Seq)
    /// `release:v9`, or `release:v9~1` for the time before it.
    case release(String, back: Int)
    /// RFC 3339.
    case time(Timestamp)

    /// Reads the spellings above; any other word is tried as a release's label.
    /// - Throws: `Failure` for a spelling that is none of them.
    public init(_ text: String) throws(Failure) {
        if let time = Timestamp(text) {
            self = .time(time)
        } else if text.hasPrefix("@") {
            guard let seq = Int64(text.dropFirst()), seq >= 0 else { throw Self.invalid(text) }
            self = .seq(Seq(rawValue: seq))
        } else {
            let parts = text.split(separator: "~", maxSplits: 1, omittingEmptySubsequences: false)
            guard let back = parts.count == 2 ? Int(parts[1]) : 0, back >= 0 else { throw Self.invalid(text) }
            let label = parts[0].hasPrefix("release:") ? parts[0].dropFirst("release:".count) : parts[0]
            guard !label.isEmpty else { throw Self.invalid(text) }
            self =
                text.hasPrefix("latest") && label == "latest"
                ? .latest(back: back) : .release(String(label), back: back)
        }
    }

    private static func invalid(_ text: String) -> Failure {
        Failure(
            .invalid, "'\(text.printable)' is no moment",
            remedy: "use 'latest', 'latest~1', '@42', 'release:v9', 'release:v9~1' or a time such as "
                + "'2026-11-23T20:40:00Z'")
    }

    public var description: String {
        switch self {
        case .latest(let back): "latest\(Self.suffix(back))"
        case .seq(let seq): seq.description
        case .release(let label, let back): "release:\(label.printable)\(Self.suffix(back))"
        case .time(let time): time.description
        }
    }

    private static func suffix(_ back: Int) -> String { back == 0 ? "" : "~\(back)" }
}
