import StrictJSON

/// A value that a finding was made of, in a form that can be compared with that of another time.
public enum FindingValue: Sendable, Hashable {
    /// The value, each scalar as text; null if there is none.
    case plain(JSON)
    /// The fingerprint of a value with secret parts: the key's id, and a hash of the codes of all parts.
    case fingerprint(key: String, code: String)
    /// A value with secret parts that has no fingerprint.
    case redacted

    /// Whether the value has secret parts.
    package var isSecret: Bool { if case .plain = self { false } else { true } }

    /// Whether both are of the same value; nil if that is unknown.
    func isSame(as other: FindingValue) -> Bool? {
        switch (self, other) {
        case (.plain(let one), .plain(let other)): one == other
        case (.fingerprint(let key, let code), .fingerprint(let otherKey, let otherCode)):
            key == otherKey ? code == otherCode : nil
        case (.redacted, .redacted), (.redacted, .fingerprint), (.fingerprint, .redacted): nil
        case (.plain, _), (_, .plain): false
        }
    }
}
