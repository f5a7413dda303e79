import StrictJSON

/// The meaning of the order of a list.
public enum ListRule: Hashable, Sendable {
    /// The order counts.
    case ordered
    /// The order is ignored. Every list is unordered unless its kind declares another rule.
    case unordered
    /// Each element is identified by the values of these members, joined by `/`; the order is ignored.
    case keyed(by: [KeyMember])

    /// The key of an element, or nil where a keyed list's element lacks the members that name it.
    public func key(of element: JSON) -> String? {
        guard case .keyed(let members) = self else { return nil }
        let values = members.compactMap { $0.value(in: element) }
        return values.isEmpty ? nil : values.joined(separator: "/")
    }
}

/// A member that distinguishes the elements of a keyed list.
public struct KeyMember: Hashable, Sendable, ExpressibleByStringLiteral {
    /// The name of the member.
    public let name: String
    /// The prefix of values that are not part of the key, because AWS generates them.
    public let ignoredPrefix: String?

    /// Creates a member of a key.
    public init(_ name: String, ignoringPrefix ignoredPrefix: String?) {
        self.name = name
        self.ignoredPrefix = ignoredPrefix
    }

    /// Creates a member all of whose values are part of the key.
    public init(stringLiteral name: String) {
        self.init(name, ignoringPrefix: nil)
    }

    func value(in element: JSON) -> String? {
        guard let text = element[name]?.scalarText else { return nil }
        return ignoredPrefix.map(text.hasPrefix) == true ? nil : text
    }
}

/// The rules for the lists of one facet; a list that is not named is unordered.
public typealias ListRules = [AttributePattern: ListRule]
