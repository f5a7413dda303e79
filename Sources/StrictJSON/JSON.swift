/// A JSON value (RFC 8259) that preserves the spelling of numbers and the order of members.
///
/// Equality is by bytes: strings are compared as UTF-8, never by Unicode's canonical equivalence, and numbers by their
/// spelling (`1.0` is not `1`). Objects are equal whatever the order of their members.
public enum JSON: Sendable, Hashable {
    /// The literal `null`.
    case null
    /// A boolean.
    case bool(Bool)
    /// A number, as spelled.
    case number(JSONNumber)
    /// A string.
    case string(String)
    /// An array.
    case array([JSON])
    /// An object.
    case object(JSONObject)

    /// Equality by bytes, whatever the order of members.
    public static func == (left: JSON, right: JSON) -> Bool {
        switch (left, right) {
        case (.null, .null): true
        case (.bool(let left), .bool(let right)): left == right
        case (.number(let left), .number(let right)): left == right
        case (.string(let left), .string(let right)): left.isIdenticalText(to: right)
        case (.array(let left), .array(let right)): left == right
        case (.object(let left), .object(let right)): left == right
        default: false
        }
    }

    /// Hashes the value. Strings that are equal by bytes have one hash of `String`, so it serves here.
    public func hash(into hasher: inout Hasher) {
        switch self {
        case .null: hasher.combine(0)
        case .bool(let value): hasher.combine(value)
        case .number(let value): hasher.combine(value)
        case .string(let value): hasher.combine(value)
        case .array(let values): hasher.combine(values)
        case .object(let object): hasher.combine(object)
        }
    }
}
