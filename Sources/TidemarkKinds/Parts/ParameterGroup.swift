import StrictJSON

/// The common parts of the parameter groups of RDS and ElastiCache.
enum ParameterGroup {
    /// The parameters with values that are not the defaults: those with `Source=user`.
    static let changed = FacetDefinition(
        "Parameters",
        at: "Parameters", lists: ["": .keyed(by: ["ParameterName"])],
        redactions: [Redaction("[].ParameterValue") { parameter, _ in isChosen(parameter) ? .plain : .secret }])

    /// Whether a value is a number, a switch, or one of the allowed values. Any other text may contain secrets: SQL that each
    /// connection runs (`init_connect`), or the secret name of a command (`rename-commands`).
    private static func isChosen(_ parameter: JSONObject) -> Bool {
        if ["boolean", "integer", "float", "double"].contains(parameter["DataType"]?.string) { return true }
        let offered = choices(parameter["AllowedValues"])
        return choices(parameter["ParameterValue"]).isSubset(of: offered)
    }

    private static func choices(_ text: JSON?) -> Set<String> {
        Set((text?.string ?? "").split(separator: ",").map { String($0.filter { $0 != " " }) })
    }
}
