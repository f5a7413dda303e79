import StrictJSON
import TidemarkBaseline
import TidemarkKinds

/// A JSON Schema (2020-12) of baselines for editors, generated from the kinds and the operators.
///
/// It checks less than parsing does: it resolves neither references nor paths.
public struct BaselineSchema: Sendable {
    private let kinds: KindRegistry
    private let attributes: any AttributeCatalogue

    /// Creates the schema of baselines over some kinds.
    public init(kinds: KindRegistry, attributes: any AttributeCatalogue) {
        self.kinds = kinds
        self.attributes = attributes
    }

    /// The schema as a file.
    public var text: String { json.pretty + "\n" }

    /// The schema as a JSON value.
    public var json: JSON {
        let definitions = kinds.definitions.map { KindSchema($0, attributes) }
        return [
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "title": "A Tidemark baseline",
            "type": "object",
            "properties": .object(members),
            "additionalProperties": false,
            "if": ["required": ["extends"]],
            "else": [
                "required": ["environment", "expect"],
                "properties": [
                    "expect": [
                        "items": [
                            "required": ["name", "resource"],
                            "anyOf": .array(["is", "readings", "count"].map { ["required": [.string($0)]] }),
                        ]
                    ]
                ],
            ],
            "$defs": .object(JSONObject(Self.values + [("expectation", expectation)] + definitions.flatMap(\.all))),
        ]
    }

    private var members: JSONObject {
        [
            "extends": described(
                "The baseline that this one extends: a file relative to this one, or shipped:NAME.", .text),
            "environment": described("The environment's name.", .text),
            "documents": described("The title of the document that the baseline checks.", .text),
            "expect": ["type": "array", "minItems": 1, "items": .reference("expectation")],
            "remove": described(
                "The names of expectations of the extended baseline to remove.",
                ["type": "array", "items": .text]),
            "unexpected": described("The kinds whose every resource must be expected.", unexpected),
            "releases": described("The requirements of every release.", releases),
            "history": described("The other environments that the history must contain.", Self.history),
            "rules": described("The severities of built-in rules, which are notes by default.", Self.builtInRules),
            "not-followed": described(
                "The hosts of AWS services that need not be followed.", ["type": "array", "items": ["type": "string"]]),
            "waivers": described(
                "The findings that are accepted until a date.", ["type": "array", "items": Self.waiver]),
        ]
    }

    private func described(_ text: String, _ schema: JSON) -> JSON {
        var members = schema.object ?? [:]
        members["description"] = .string(text)
        return .object(members)
    }

    private var kindNames: JSON { ["enum": JSON(kinds.definitions.map(\.kind.rawValue))] }

    // MARK: Expectations

    private var expectation: JSON {
        [
            "type": "object",
            "required": ["name"],
            "properties": [
                "name": described(
                    "The name, for references and in the id of a finding: a new name makes new findings.", .text),
                "resource": described("The kind of resource.", kindNames),
                "where": described(
                    "The conditions that select a resource of the kind; a list means any of its elements.",
                    ["type": "object", "minProperties": 1]),
                "each": described("Whether the expectation is about each resource that matches.", .reference("flag")),
                "count": described("The number of resources that match.", .reference("integer")),
                "is": described("The expected attributes.", ["type": "object", "minProperties": 1]),
                "exact": described("Whether an attribute that 'is' does not name is drift.", .reference("flag")),
                "readings": described(
                    "The expected readings, such as health.", ["type": "object", "minProperties": 1]),
                "section": described("The section of the document that becomes false on drift.", .text),
                "why": .text, "fix": .text, "severity": Self.severity(),
            ],
            "additionalProperties": false,
            "allOf": .array(
                kinds.definitions.map { definition in
                    let kind = definition.kind.rawValue
                    return [
                        "if": ["properties": ["resource": ["const": .string(kind)]], "required": ["resource"]],
                        "then": [
                            "properties": [
                                "where": .reference("\(kind) where"), "is": .reference(kind),
                                "readings": .reference("\(kind) readings"),
                            ]
                        ],
                    ]
                }),
        ]
    }

    // MARK: Other rules

    private static func severity(or others: [String] = []) -> JSON {
        ["enum": JSON(Severity.allCases.map(\.rawValue) + others)]
    }

    private var unexpected: JSON {
        [
            "oneOf": [
                ["type": "array", "items": kindNames],
                [
                    "type": "object", "propertyNames": kindNames,
                    "additionalProperties": Self.severity(or: ["ignore"]),
                ],
            ]
        ]
    }

    private var releases: JSON {
        let own = ReleaseRules.Member.allCases.map { ($0.rawValue, JSON.reference("text")) }
        let others: [(String, JSON)] = [
            ("section", .text), ("why", .text), ("fix", .text), ("severity", Self.severity()),
        ]
        return ["type": "object", "properties": .object(JSONObject(own + others)), "additionalProperties": false]
    }

    private static let history: JSON = [
        "type": "object",
        "properties": [
            "environments": ["type": "array", "minItems": 1, "items": .text], "section": .text, "why": .text,
            "fix": .text,
            "severity": severity(),
        ],
        "additionalProperties": false,
    ]

    /// To YAML 1.1, `off` is false.
    private static let builtInRules: JSON = [
        "type": "object", "propertyNames": ["enum": JSON(BuiltInRule.names)],
        "additionalProperties": ["enum": .array(Severity.allCases.map { JSON($0.rawValue) } + ["off", false])],
    ]

    private static let waiver: JSON = [
        "type": "object",
        "required": ["finding", "rule", "owner", "reason", "until"],
        "anyOf": .array(WaiverKey.accepted.map { ["required": [.string($0.rawValue)]] }),
        "properties": [
            "finding": ["type": ["string", "number"]], "rule": .text, "resource": .text, "attribute": .text,
            "missing": true, "unexpected": true, "value": true, "owner": .text, "reason": .text,
            "until": ["type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"],
        ],
        "additionalProperties": false,
    ]

    // MARK: Values

    /// The texts that are valid for any type: a reference, and the spellings of null.
    private static let open = #"\$\{|^(~|null|Null|NULL)?$"#

    private static let values: [(String, JSON)] = [
        ("operators", operators),
        ("scalar", ["type": ["string", "number", "boolean", "null"]]),
        ("value", ["anyOf": [.reference("scalar"), .list(of: .reference("value")), .reference("operators"), map]]),
        ("text", ["anyOf": [.reference("scalar"), .reference("operators")]]),
        ("time", ["anyOf": [.reference("scalar"), .reference("operators")]]),
        ("boolean", typed("boolean", "^([Tt]rue|TRUE|[Ff]alse|FALSE)$")),
        ("integer", typed("integer", "^-?[0-9]+(\\.0+)?([eE][+-]?[0-9]+)?$")),
        ("number", typed("number", "^-?[0-9]+(\\.[0-9]+)?([eE][+-]?[0-9]+)?$")),
        ("flag", ["enum": [true, false, "true", "false"]]),
        ("map", ["anyOf": [map, .reference("operators"), .spelled(open), ["type": "null"]]]),
    ]

    private static let map: JSON = ["type": "object", "minProperties": 1, "additionalProperties": .reference("value")]

    private static func typed(_ type: String, _ pattern: String) -> JSON {
        ["anyOf": [["type": [.string(type), "null"]], .spelled("\(open)|\(pattern)"), .reference("operators")]]
    }

    private static var operators: JSON {
        let members = Operator.schemas
        return [
            "type": "object", "minProperties": 1, "properties": .object(JSONObject(members)),
            "additionalProperties": false,
        ]
    }
}

extension JSON {
    /// A text with a part that matches.
    fileprivate static func spelled(_ pattern: String) -> JSON { ["type": "string", "pattern": .string(pattern)] }
}
