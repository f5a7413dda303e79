/// The clock that an entry's time was read from.
public struct EntryClock: RawRepresentable, Hashable, Sendable {
    /// The name in the log: `aws`.
    public let rawValue: String

    /// Names a clock.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// The `Date` of AWS's first answer, and the time since then.
    public static let aws = EntryClock(rawValue: "aws")
    /// The `Date` of the store that has the log, and the time since then.
    public static let store = EntryClock(rawValue: "store")
    /// The time of day of the recording machine, which may be wrong.
    public static let machine = EntryClock(rawValue: "machine")
}
