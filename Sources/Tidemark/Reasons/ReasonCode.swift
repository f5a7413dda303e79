import StrictJSON

/// A code with its values: `{"code": "environment-status", "status": "Updating"}`.
public struct ReasonCode: Sendable, Hashable {
    /// The code in kebab case: `environment-status`.
    public let code: String
    /// The values by their names, spelled as their source spells them.
    public let values: JSONObject

    /// Creates a code with its values; none of them is called `code`.
    public init(_ code: String, _ values: JSONObject = [:]) {
        self.code = code
        self.values = values
    }

    /// The object that the log stores: `code` and the values.
    public var json: JSON { .object(JSONObject([("code", .string(code))] + values.members.map { ($0.key, $0.value) })) }

    /// Parses an object; nil unless it has a text at `code`.
    public init?(json: JSON) {
        guard var values = json.object, let code = values["code"]?.string else { return nil }
        values["code"] = nil
        self.init(code, values)
    }

    func text(_ name: String) -> String? { values[name]?.string }
}
