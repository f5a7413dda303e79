import StrictJSON

extension Expected {
    /// The value in JSON output: operators are members of an object.
    public var json: JSON {
        switch self {
        case .scalar(let scalar): scalar.isNull ? .null : .string(scalar.text)
        case .template(let template): .string(template.description)
        case .list(let elements): .array(elements.map(\.json))
        case .map(let members): .object(JSONObject(members.map { ($0.path.description, $0.expected.json) }))
        case .operators(let operators): .object(JSONObject(operators.map { ($0.name, $0.definition.json) }))
        }
    }
}
