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
            let keys = keys(of: values, by: lists[pattern])
            return .array(
                zip(values, keys).map { element, key in
                    redact(element, at: path.appending(.key(key)), pattern: pattern.appending(.elements))
                })
        case .string(let text):
            let scrubbed = UserInfo(cutFrom: text)
            secrets += scrubbed.secrets.map { CutSecret(path: path, part: "user-info", bytes: Array($0.utf8)) }
            return .string(scrubbed.text)
        default: return value
        }
    }

    /// By what each element is addressed: its key, or its index where it has none. Of elements with one key, each after
    /// the first has a number, in an order that is not that of the answer.
    private func keys(of values: [JSON], by rule: ListRule?) -> [String] {
        var keys = values.indices.map(String.init)
        var counts: [String: Int] = [:]
        let inOrder = zip(values.indices, values.map(\.canonical)).sorted { $0.1.precedesByUTF8($1.1) }
        for (index, _) in inOrder {
            guard let key = rule?.key(of: values[index]) else { continue }
            counts[key, default: 0] += 1
            keys[index] = counts[key].flatMap { $0 > 1 ? "\(key)#\($0)" : nil } ?? key
        }
        return keys
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
