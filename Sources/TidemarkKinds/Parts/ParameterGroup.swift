import StrictJSON

/// The common parts of the parameter groups of RDS and ElastiCache.
enum ParameterGroup {
    private static let name = "Parameters"

    /// All parameters.
    ///
    /// - Parameter metadata: The members that describe a parameter and not its value. They change with the engine's minor
    ///   version and are not part of the group.
    static func parameters(metadata: Set<String>) -> FacetDefinition {
        FacetDefinition(
            name, at: "Parameters",
            volatile: Set(metadata.map { AttributePattern([.elements, .member($0)]) }), isDefault: isDefault,
            lists: ["": .keyed(by: ["ParameterName"])],
            redactions: [
                Redaction("[].ParameterValue") { parameter, _ in
                    isDefault(.object(parameter)) || isChosen(parameter) ? .plain : .secret
                }
            ])
    }

    /// What both services say of a parameter beside its value.
    static let metadata: Set = ["AllowedValues", "DataType", "Description", "IsModifiable", "MinimumEngineVersion"]

    /// The parameters whose values somebody chose.
    static let changed = FactDefinition(
        "changed-parameters", "The parameters that do not have AWS's defaults, by name; from Parameters.", shape: .map,
        summarizing: name,
        compute: { reader in
            reader.facet(name).map { all in
                let changed = (all.array ?? []).filter { !isDefault($0) }.compactMap { parameter in
                    parameter["ParameterName"]?.string.map { ($0, parameter["ParameterValue"] ?? .null) }
                }
                return .object(JSONObject(changed.filter { !$0.0.isEmpty }))
            }
        })

    /// Whether AWS set the value. Nobody could put a secret there.
    ///
    /// Source: `Source` in <https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_Parameter.html>.
    private static func isDefault(_ parameter: JSON) -> Bool {
        ["engine-default", "system"].contains(parameter["Source"]?.string)
    }

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
