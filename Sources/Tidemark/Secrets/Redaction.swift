import StrictJSON

/// Says for the values at one place of a facet how each is to be treated.
public struct Redaction: Sendable {
    public let pattern: AttributePattern
    /// From the object that holds the value; its siblings often say what the value is.
    public let treatment: @Sendable (_ holder: JSONObject, _ names: PropertyNames) -> Treatment

    public init(
        _ pattern: AttributePattern, treatment: @escaping @Sendable (JSONObject, PropertyNames) -> Treatment
    ) {
        self.pattern = pattern
        self.treatment = treatment
    }

    /// Every value there is secret.
    public static func secret(_ pattern: AttributePattern) -> Redaction {
        Redaction(pattern) { _, _ in .secret }
    }
}

/// Cuts the secrets out of one facet.
struct Redactor {
    let redactions: [Redaction]
    let lists: ListRules
    let names: PropertyNames
    private(set) var secrets: [CutSecret] = []

    init(_ redactions: [Redaction], lists: ListRules, names: PropertyNames) {
        self.redactions = redactions
        self.lists = lists
        self.names = names
    }

    mutating func redact(_ value: JSON) -> JSON {
        redact(value, at: AttributePath(), pattern: AttributePattern())
    }

    private mutating func redact(_ value: JSON, at path: AttributePath, pattern: AttributePattern) -> JSON {
        switch value {
        case .object(let object):
            return .object(
                JSONObject(object.members.map { ($0.key, redactMember($0, of: object, at: path, pattern: pattern)) }))
        case .array(let values):
            let rule = lists[pattern]
            return .array(
                values.enumerated().map { index, element in
                    let step = AttributePath.Step.key(rule?.key(of: element) ?? String(index))
                    return redact(element, at: path.appending(step), pattern: pattern.appending(.elements))
                })
        default: return value
        }
    }

    private mutating func redactMember(
        _ member: JSONObject.Member, of holder: JSONObject, at path: AttributePath, pattern: AttributePattern
    ) -> JSON {
        let path = path.appending(.member(member.key))
        let pattern = pattern.appending(.member(member.key))
        guard let redaction = redactions.first(where: { $0.pattern == pattern }) else {
            return redact(member.value, at: path, pattern: pattern)
        }
        let (stored, cut) = redaction.treatment(holder, names).apply(to: member.value, at: path)
        secrets += cut
        return stored
    }
}
