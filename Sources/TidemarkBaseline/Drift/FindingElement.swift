import StrictJSON

/// The element that a finding is about: of a list that has no key, of a text, or of all resources of a kind.
public struct FindingElement: Sendable, Hashable {
    /// The two ways in which an element can be wrong.
    public enum Side: String, Sendable, CaseIterable {
        case missing, unexpected
    }

    /// Whether the element is missing or unexpected.
    public let side: Side
    /// The element in the form that never changes while the element stays the same, each scalar as text.
    ///
    /// A missing one has it as the baseline states it, with its references; an unexpected one with the identities of resources in
    /// place of their labels.
    public let key: JSON

    package init(_ side: Side, _ key: JSON) {
        self.side = side
        self.key = key.scalarsAsText
    }
}

extension JSON {
    /// The value with each number and boolean as text: YAML does not distinguish them.
    var scalarsAsText: JSON {
        switch self {
        case .null, .string: self
        case .bool, .number: JSON(scalarText)
        case .array(let elements): .array(elements.map(\.scalarsAsText))
        case .object(let object): .object(JSONObject(object.members.map { ($0.key, $0.value.scalarsAsText) }))
        }
    }
}
