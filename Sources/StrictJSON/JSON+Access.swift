/// Reading: every accessor is nil where the value is of another type.
extension JSON {
    public var string: String? { if case .string(let value) = self { value } else { nil } }
    public var bool: Bool? { if case .bool(let value) = self { value } else { nil } }
    public var array: [JSON]? { if case .array(let value) = self { value } else { nil } }
    public var object: JSONObject? { if case .object(let value) = self { value } else { nil } }
    public var number: JSONNumber? { if case .number(let value) = self { value } else { nil } }
    public var integer: Int64? { number.flatMap { Int64($0.lexeme) } }
    public var isNull: Bool { self == .null }

    /// Null, or a list or a map with nothing in it: AWS says the one, the other or neither of what is not there.
    package var isNothing: Bool {
        switch self {
        case .null: true
        case .array(let elements): elements.isEmpty
        case .object(let object): object.isEmpty
        case .bool, .number, .string: false
        }
    }

    public subscript(key: String) -> JSON? { object?[key] }

    /// Whether arrays and objects nest in it beyond `levels`.
    package func isNested(beyond levels: Int) -> Bool {
        switch self {
        case .array(let values): levels == 0 || values.contains { $0.isNested(beyond: levels - 1) }
        case .object(let object): levels == 0 || object.members.contains { $0.value.isNested(beyond: levels - 1) }
        default: false
        }
    }

    /// The elements of the list at `key`, none where there is no list.
    public func elements(_ key: String) -> [JSON] { self[key]?.array ?? [] }
}

/// Writing: literals and the few conversions that values need.
extension JSON: ExpressibleByStringLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral, ExpressibleByNilLiteral
{
    public init(stringLiteral value: String) { self = .string(value) }
    public init(booleanLiteral value: Bool) { self = .bool(value) }
    public init(integerLiteral value: Int64) { self = .number(JSONNumber(value)) }
    public init(arrayLiteral elements: JSON...) { self = .array(elements) }
    public init(dictionaryLiteral elements: (String, JSON)...) { self = .object(JSONObject(elements)) }
    public init(nilLiteral: ()) { self = .null }

    public init(_ value: some FixedWidthInteger) { self = .number(JSONNumber(value)) }
    public init(_ values: [String]) { self = .array(values.map(JSON.string)) }
    /// The text, or null for none.
    public init(_ value: String?) { self = value.map(JSON.string) ?? .null }
}

extension JSONObject: ExpressibleByDictionaryLiteral {
    /// Members in the given order; of a key that stands twice, the last value counts.
    public init(_ members: some Sequence<(String, JSON)>) {
        var distinct: [Member] = []
        // By bytes, as JSON compares texts, and in time that does not grow with the square of the members.
        var places: [JSON: Int] = [:]
        for (key, value) in members {
            if let place = places[.string(key)] {
                distinct[place].value = value
            } else {
                places[.string(key)] = distinct.count
                distinct.append((key, value))
            }
        }
        self.init(distinct: distinct)
    }

    public init(dictionaryLiteral elements: (String, JSON)...) { self.init(elements) }
}
