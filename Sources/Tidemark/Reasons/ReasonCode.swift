import StrictJSON

/// A code with its values: `{"code": "environment-status", "status": "Updating"}`.
public struct ReasonCode: Sendable, Hashable {
    public let code: String
    /// The values by their names, spelled as their source spells them.
    public let values: JSONObject

    public init(_ code: String, _ values: JSONObject = [:]) {
        self.code = code
        self.values = values
    }

    public var json: JSON { .object(JSONObject([("code", .string(code))] + values.members.map { ($0.key, $0.value) })) }

    public init?(json: JSON) {
        guard var values = json.object, let code = values["code"]?.string else { return nil }
        values["code"] = nil
        self.init(code, values)
    }

    func text(_ name: String) -> String? { values[name]?.string }
}
