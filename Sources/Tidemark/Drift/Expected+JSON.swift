import StrictJSON

extension Expected {
    /// What is expected, for a report.
    var json: JSON {
        switch self {
        case .scalar(let scalar): scalar.isNull ? .null : .string(scalar.text)
        case .template(let template): .string(template.description)
        case .list(let elements): .array(elements.map(\.json))
        case .map(let members): .object(JSONObject(members.map { ($0.path.description, $0.expected.json) }))
        case .operators(let operators): .object(JSONObject(operators.map(\.json)))
        }
    }
}

extension Operator {
    fileprivate var json: (String, JSON) {
        switch self {
        case .equals(let expected): ("equals", expected.json)
        case .oneOf(let choices): ("one-of", .array(choices.map(\.json)))
        case .includes(let parts): ("includes", .array(parts.map(\.json)))
        case .excludes(let parts): ("excludes", .array(parts.map(\.json)))
        case .matches(let pattern): ("matches", .string(pattern.text))
        case .atLeast(let bound): ("at-least", .string(bound))
        case .atMost(let bound): ("at-most", .string(bound))
        case .present(let isPresent): ("present", .bool(isPresent))
        case .not(let expected): ("not", expected.json)
        }
    }
}
