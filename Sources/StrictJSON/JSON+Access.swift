/// Accessors; each is nil if the value has another type.
extension JSON {
    /// The text of a string.
    public var string: String? { if case .string(let value) = self { value } else { nil } }
    /// The value of a boolean.
    public var bool: Bool? { if case .bool(let value) = self { value } else { nil } }
    /// The elements of an array.
    public var array: [JSON]? { if case .array(let value) = self { value } else { nil } }
    /// The members of an object.
    public var object: JSONObject? { if case .object(let value) = self { value } else { nil } }
    /// The number, as spelled.
    public var number: JSONNumber? { if case .number(let value) = self { value } else { nil } }
    /// The number as an integer; nil if it has a fraction or an exponent, or exceeds 64 bits.
    public var integer: Int64? { number.flatMap { Int64($0.lexeme) } }
    /// Whether it is null.
    public var isNull: Bool { self == .null }

    /// Whether it is null, an empty list or an empty map: AWS uses each of them for something that does not exist.
    package var isNothing: Bool {
        switch self {
        case .null: true
        case .array(let elements): elements.isEmpty
        case .object(let object): object.isEmpty
        case .bool, .number, .string: false
        }
    }

    /// The value at a key of an object.
    public subscript(key: String) -> JSON? { object?[key] }

    /// Whether arrays and objects nest deeper than `levels`.
    package func isNested(beyond levels: Int) -> Bool {
        switch self {
        case .array(let values): levels == 0 || values.contains { $0.isNested(beyond: levels - 1) }
        case .object(let object): levels == 0 || object.members.contains { $0.value.isNested(beyond: levels - 1) }
        default: false
        }
    }

    /// The elements of the list at `key`; none if there is no list.
    public func elements(_ key: String) -> [JSON] { self[key]?.array ?? [] }
}

/// Literals, and conversions from Swift values.
extension JSON: ExpressibleByStringLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral, ExpressibleByNilLiteral
{
    /// A string.
    public init(stringLiteral value: String) { self = .string(value) }
    /// A boolean.
    public init(booleanLiteral value: Bool) { self = .bool(value) }
    /// A number in its shortest spelling.
    public init(integerLiteral value: Int64) { self = .number(JSONNumber(value)) }
    /// An array.
    public init(arrayLiteral elements: JSON...) { self = .array(elements) }
    /// An object with the members in order. The last value of a repeated key is kept.
    public init(dictionaryLiteral elements: (String, JSON)...) { self = .object(JSONObject(elements)) }
    /// The literal `null`.
    public init(nilLiteral: ()) { self = .null }

    /// The number.
    public init(_ value: some FixedWidthInteger) { self = .number(JSONNumber(value)) }
    /// An array of strings.
    public init(_ values: [String]) { self = .array(values.map(JSON.string)) }
    /// The text, or null for nil.
    public init(_ value: String?) { self = value.map(JSON.string) ?? .null }
}
