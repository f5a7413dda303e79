import StrictJSON

/// What the parameter groups of RDS and of ElastiCache have in common.
enum ParameterGroup {
    /// The parameters whose values are not the defaults, which is what `Source=user` asks for.
    static let changed = FacetDefinition(
        "Parameters",
        at: "Parameters", lists: ["": .keyed(by: ["ParameterName"])],
        redactions: [Redaction("[].ParameterValue") { parameter, _ in isChosen(parameter) ? .plain : .secret }])

    /// A number, a switch, or values that are offered; any other text may hold what must not be told: SQL that each
    /// connection runs (`init_connect`), the name that a command was given to hide it (`rename-commands`).
    private static func isChosen(_ parameter: JSONObject) -> Bool {
        if ["boolean", "integer", "float", "double"].contains(parameter["DataType"]?.string) { return true }
        let offered = choices(parameter["AllowedValues"])
        return choices(parameter["ParameterValue"]).isSubset(of: offered)
    }

    private static func choices(_ text: JSON?) -> Set<String> {
        Set((text?.string ?? "").split(separator: ",").map { String($0.filter { $0 != " " }) })
    }
}
