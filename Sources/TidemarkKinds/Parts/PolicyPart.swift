import StrictJSON

/// A part of a policy document, and the spelling that stands for every other one with its meaning.
///
/// A text where a list may stand is a list of one, and a single statement too. `"*"` as a principal is `{"AWS": "*"}`, and the
/// ARN of an account's root is the account's id. Conditions compare texts. What the grammar does not name is kept.
///
/// Sources: "Grammar of the IAM JSON policy language",
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html>, and of principals
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html>.
package enum PolicyPart: Sendable {
    case document, statements, statement, principal, condition, conditionOperator
    /// Names of actions or resources, and one of them.
    case names, name
    /// The principals of one type, and one of them.
    case principals, onePrincipal
    /// The values of a condition, and one of them.
    case values, value
    case other

    /// The part that a member of this one is.
    package func member(_ name: String) -> PolicyPart {
        switch self {
        case .document: name == "Statement" ? .statements : .other
        case .statement: Self.statementMembers[name] ?? .other
        case .principal: .principals
        case .condition: .conditionOperator
        case .conditionOperator: .values
        case .statements, .names, .name, .principals, .onePrincipal, .values, .value, .other: .other
        }
    }

    /// The part that an element of this one is.
    package var element: PolicyPart {
        switch self {
        case .statements: .statement
        case .names: .name
        case .principals: .onePrincipal
        case .values: .value
        case .document, .statement, .principal, .condition, .conditionOperator, .name, .onePrincipal, .value, .other:
            .other
        }
    }

    /// Whether one value stands for a list of one here.
    package var isList: Bool {
        switch self {
        case .statements, .names, .principals, .values: true
        case .document, .statement, .principal, .condition, .conditionOperator, .name, .onePrincipal, .value, .other:
            false
        }
    }

    private static let statementMembers: [String: PolicyPart] = [
        "Action": .names, "NotAction": .names, "Resource": .names, "NotResource": .names, "Principal": .principal,
        "NotPrincipal": .principal, "Condition": .condition, "Sid": .other, "Effect": .other,
    ]

    /// Whether a map with these members is a statement, and not a map of statements by their keys.
    package static func isStatement(_ members: some Sequence<String>) -> Bool {
        members.allSatisfy { statementMembers[$0] != nil }
    }

    /// The part at a place in a facet; nil outside of its policy documents.
    package init?(at pattern: AttributePattern, policies: Set<AttributePattern>) {
        guard let policy = policies.first(where: { pattern.steps.starts(with: $0.steps) }) else { return nil }
        self = pattern.steps.dropFirst(policy.steps.count).reduce(.document) { part, step in
            switch step {
            case .member(let name): part.member(name)
            case .elements: part.element
            }
        }
    }
}

/// Spellings.
extension PolicyPart {
    /// The type of the principals of everyone.
    package static let everyone = "AWS"

    /// A value in the one spelling of the part.
    package func normalized(_ value: JSON) -> JSON {
        if isList, value != .null { return .array((value.array ?? [value]).map(element.normalized)) }
        switch (self, value) {
        case (.principal, "*"): return [(Self.everyone): ["*"]]
        case (.onePrincipal, .string(let text)): return .string(Self.principal(text))
        case (.value, .bool), (.value, .number): return value.scalarText.map(JSON.string) ?? value
        case (_, .object(let object)):
            return .object(JSONObject(object.members.map { ($0.key, member($0.key).normalized($0.value)) }))
        default: return value
        }
    }

    /// The id of the account of `arn:aws:iam::123456789012:root`; any other principal as it is.
    package static func principal(_ text: String) -> String {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 6, parts[0] == "arn", parts[2] == "iam", parts[5] == "root", isAccount(parts[4]) else {
            return text
        }
        return String(parts[4])
    }

    /// Whether a text is the id of an account: twelve digits.
    package static func isAccount(_ text: some StringProtocol) -> Bool {
        text.utf8.count == 12 && text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }
}

extension JSON {
    /// The value with every value at a place replaced.
    func replacing(at steps: ArraySlice<AttributePattern.Step>, with transform: (JSON) -> JSON) -> JSON {
        switch (steps.first, self) {
        case (nil, _): transform(self)
        case (.member(let name)?, .object(let object)):
            .object(
                JSONObject(
                    object.members.map { key, value in
                        (key, key == name ? value.replacing(at: steps.dropFirst(), with: transform) : value)
                    }))
        case (.elements?, .array(let elements)):
            .array(elements.map { $0.replacing(at: steps.dropFirst(), with: transform) })
        default: self
        }
    }
}
