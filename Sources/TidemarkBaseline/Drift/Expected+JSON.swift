import StrictJSON

extension Expected {
    /// The value in JSON output: operators are members of an object, references have their values.
    public var json: JSON { json(asWritten: false) }

    /// - Parameter asWritten: Whether references stay as the baseline states them.
    func json(asWritten: Bool) -> JSON {
        switch self {
        case .scalar(let scalar): scalar.isNull ? .null : .string(asWritten ? scalar.written : scalar.text)
        case .template(let template): .string(template.description)
        case .list(let elements): .array(elements.map { $0.json(asWritten: asWritten) })
        case .map(let members):
            .object(JSONObject(members.map { ($0.path.description, $0.expected.json(asWritten: asWritten)) }))
        case .operators(let operators):
            .object(JSONObject(operators.map { ($0.name, $0.definition.json(asWritten: asWritten)) }))
        }
    }
}
