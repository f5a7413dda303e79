import StrictJSON

// Parts of the JSON Schema of baselines.
extension JSON {
    /// A reference to a definition of the schema.
    package static func reference(_ name: String) -> JSON {
        ["$ref": .string("#/$defs/\(name.replacing(" ", with: "%20"))")]
    }

    package static func list(of elements: JSON) -> JSON { ["type": "array", "items": elements] }

    /// A text, or a scalar that YAML reads as a number or a boolean.
    package static let text: JSON = ["type": ["string", "number", "boolean"]]
}
