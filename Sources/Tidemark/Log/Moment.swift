/// A user's reference to a snapshot of an environment.
public enum Moment: Sendable, Hashable, CustomStringConvertible {
    /// `latest`, or `latest~2` for two snapshots before it.
    case latest(back: Int)
    /// `@42`: the snapshot at or before that entry.
    case seq(Seq)
    /// `release:v9`, or `release:v9~1` for the snapshot before it.
    case release(String, back: Int)
    /// A time in RFC 3339: the last snapshot at or before it.
    case time(Timestamp)

    /// Parses a moment; any other word is a release's label. A time without a fraction means the end of its second, so that a
    /// time that was printed to the second leads to the snapshot it was printed for.
    /// - Throws: `Failure` with the code `invalid` for anything else.
    public init(_ text: String) throws(Failure) {
        if let time = Timestamp(text) {
            let rest: Int64 = text.contains(".") ? 0 : 999
            self = .time(Timestamp(millisecondsSince1970: time.millisecondsSince1970 + rest))
        } else if text.hasPrefix("@") {
            guard let seq = Seq(text) else { throw Self.invalid(text) }
            self = .seq(seq)
        } else {
            self = try Self.named(text)
        }
    }

    private static func named(_ text: String) throws(Failure) -> Moment {
        let match = text.wholeMatch(of: /(release:)?(.*?)(?:~([0-9]{1,6}))?/)
        guard let match, !match.2.isEmpty, !match.2.hasPrefix("latest~"), !match.2.hasSuffix("~") else {
            throw invalid(text)
        }
        let back = match.3.flatMap { Int($0) } ?? 0
        return match.1 == nil && match.2 == "latest" ? .latest(back: back) : .release(String(match.2), back: back)
    }

    private static func invalid(_ text: String) -> Failure {
        Failure(
            .invalid, "'\(text.printable)' is not a valid moment",
            remedy: """
                use 'latest', 'latest~1', '@42', 'release:v9', 'release:v9~1' or a time such as '2026-11-23T20:40:00Z'
                """)
    }

    /// The spelling that `init(_:)` parses; a label is always written as `release:LABEL`.
    public var description: String {
        switch self {
        case .latest(let back): "latest\(Self.suffix(back))"
        case .seq(let seq): seq.description
        case .release(let label, let back): "release:\(label.printable)\(Self.suffix(back))"
        case .time(let time): Self.spelling(of: time)
        }
    }

    /// The end of a second is written as that second, without a fraction.
    private static func spelling(of time: Timestamp) -> String {
        let text = time.description
        return text.hasSuffix(".999Z") ? text.dropLast(5) + "Z" : text
    }

    private static func suffix(_ back: Int) -> String { back == 0 ? "" : "~\(back)" }
}
