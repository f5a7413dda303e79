import StrictJSON

/// What the order of a list means.
public enum ListRule: Hashable, Sendable {
    /// The order counts.
    case ordered
    /// The order means nothing: what every list is unless its kind says otherwise.
    case unordered
    /// Each element is known by the values of these members, joined by `/`; the order means nothing.
    case keyed(by: [String])

    /// The key of an element, or nil where a keyed list's element lacks the members that name it.
    public func key(of element: JSON) -> String? {
        guard case .keyed(let members) = self else { return nil }
        let values = members.compactMap { element[$0]?.scalarText }
        return values.isEmpty ? nil : values.joined(separator: "/")
    }
}

/// The rules for the lists of one facet; a list that is not named is unordered.
public typealias ListRules = [AttributePattern: ListRule]

extension JSON {
    /// A scalar as a person would write it.
    public var scalarText: String? {
        switch self {
        case .string(let text): text
        case .number(let number): number.lexeme
        case .bool(let value): value ? "true" : "false"
        case .null, .array, .object: nil
        }
    }
}
