import Tidemark

/// The type of a value in a description, as the attribute catalogue knows it.
public enum AttributeShape: Sendable, Hashable {
    /// A map with members of these names.
    case structure([String])
    /// A list.
    case list
    /// A map with members of any name.
    case map
    /// A single value of unknown type.
    case scalar
    /// A single value of a known type.
    case value(ValueType)

    /// The types of single values, as far as an expectation can distinguish them.
    public enum ValueType: Sendable, Hashable, CaseIterable {
        /// Any text.
        case text
        /// A whole number.
        case integer
        /// A number, also with a fraction.
        case number
        /// `true` or `false`.
        case boolean
        /// A text that compares part by part: 16.10 is later than 16.3.
        case version
        /// A time, stored as RFC 3339 in UTC.
        case time
    }

    /// A structure with more members; any other shape as it is.
    func adding(_ names: [String]) -> AttributeShape {
        if case .structure(let known) = self { .structure(known + names) } else { self }
    }

    package var isScalar: Bool {
        switch self {
        case .scalar, .value: true
        case .structure, .list, .map: false
        }
    }

    package var noun: String {
        switch self {
        case .structure, .map: "a map"
        case .list: "a list"
        case .scalar, .value(.text): "a single value"
        case .value(.integer): "a whole number"
        case .value(.number): "a number"
        case .value(.boolean): "a boolean"
        case .value(.version): "a version"
        case .value(.time): "a time such as 2026-11-23T20:40:43Z"
        }
    }
}

extension AttributeShape.ValueType {
    /// Whether a value of the type can have this text.
    package func admits(_ text: String) -> Bool {
        switch self {
        case .text, .version: true
        case .boolean: ["true", "True", "TRUE", "false", "False", "FALSE"].contains(text)
        case .integer: DecimalNumber(text).map(\.isWhole) ?? false
        case .number: DecimalNumber(text) != nil
        case .time: Timestamp(text) != nil
        }
    }
}
