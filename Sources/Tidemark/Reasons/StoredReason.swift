import StrictJSON

/// A reason that the log stores as a code with values, and that people read as a sentence.
public protocol StoredReason: Sendable, Hashable {
    /// The code and the values that are stored.
    var code: ReasonCode { get }
    /// The reason in one clause, without control characters: `the environment's status is Updating`.
    var sentence: String { get }

    /// The reason that a code stands for, or nil if this version does not know the code or misses one of its values.
    init?(known code: ReasonCode)

    /// A reason of another version, whose code and values are kept.
    static func other(_ code: ReasonCode) -> Self
}

extension StoredReason {
    /// The reason that a code stands for; `other` where this version would lose a part of it.
    public init(_ code: ReasonCode) {
        let known = Self(known: code)
        self = known?.code == code ? known ?? .other(code) : .other(code)
    }

    /// The code and the values as the log stores them.
    public var json: JSON { code.json }

    /// Parses a stored reason; nil unless it is an object with a text at `code`.
    public init?(json: JSON) {
        guard let code = ReasonCode(json: json) else { return nil }
        self.init(code)
    }
}
