/// A JSON value (RFC 8259) that preserves the spelling of numbers and the order of members.
///
/// Equality is by bytes: strings are compared as UTF-8, never by Unicode's canonical equivalence, and numbers by their
/// spelling (`1.0` is not `1`). Objects are equal whatever the order of their members.
public enum JSON: Sendable, Hashable {
    case null
    case bool(Bool)
    case number(JSONNumber)
    case string(String)
    case array([JSON])
    case object(JSONObject)

    public static func == (left: JSON, right: JSON) -> Bool {
        switch (left, right) {
        case (.null, .null): true
        case (.bool(let left), .bool(let right)): left == right
        case (.number(let left), .number(let right)): left == right
        case (.string(let left), .string(let right)): left.isIdenticalText(to: right)
        case (.array(let left), .array(let right)): left == right
        case (.object(let left), .object(let right)): left == right
        default: false
        }
    }

    // Strings that are equal by bytes have the same hash as `String` defines it, so it serves here.
    public func hash(into hasher: inout Hasher) {
        switch self {
        case .null: hasher.combine(0)
        case .bool(let value): hasher.combine(value)
        case .number(let value): hasher.combine(value)
        case .string(let value): hasher.combine(value)
        case .array(let values): hasher.combine(values)
        case .object(let object): hasher.combine(object)
        }
    }
}

/// A JSON number as it was spelled: `1`, `1.0` and `1e0` are different.
public struct JSONNumber: Sendable, Hashable, CustomStringConvertible {
    /// The number as it was spelled.
    public let lexeme: String

    /// Creates a number from its spelling; nil unless it follows RFC 8259 section 6.
    public init?(_ lexeme: String) {
        var scanner = JSONNumberScanner(lexeme.utf8)
        guard scanner.scan(), scanner.isAtEnd else { return nil }
        self.lexeme = lexeme
    }

    /// Creates a number from an integer.
    public init(_ value: some FixedWidthInteger) {
        lexeme = String(value)
    }

    /// Creates a number from a spelling that has been scanned already.
    init(scanned lexeme: String) {
        self.lexeme = lexeme
    }

    public var description: String { lexeme }
}

/// The members of a JSON object in their original order. Keys are unique.
public struct JSONObject: Sendable, Hashable {
    /// A key and its value.
    public typealias Member = (key: String, value: JSON)

    /// The members in their original order.
    public private(set) var members: [Member] = []

    /// Creates an object without members.
    public init() {}

    /// Creates an object from members whose keys are known to be unique.
    package init(distinct members: [Member]) {
        self.members = members
    }

    /// Whether there are no members.
    public var isEmpty: Bool { members.isEmpty }
    /// The number of members.
    public var count: Int { members.count }
    /// The keys in the order of the members.
    public var keys: [String] { members.map(\.key) }

    /// The value at a key, in linear time. Setting it replaces or appends a member; setting nil removes it.
    public subscript(key: String) -> JSON? {
        get { members.first { $0.key.isIdenticalText(to: key) }?.value }
        set {
            let index = members.firstIndex { $0.key.isIdenticalText(to: key) }
            switch (index, newValue) {
            case (let index?, let value?): members[index].value = value
            case (let index?, nil): members.remove(at: index)
            case (nil, let value?): members.append((key, value))
            case (nil, nil): break
            }
        }
    }

    /// The members in the order of canonical JSON: by the UTF-8 bytes of their keys.
    public var sortedMembers: [Member] {
        members.sorted { $0.key.precedesByUTF8($1.key) }
    }

    /// Equality whatever the order of members.
    public static func == (left: JSONObject, right: JSONObject) -> Bool {
        guard left.count == right.count else { return false }
        return zip(left.sortedMembers, right.sortedMembers).allSatisfy {
            $0.key.isIdenticalText(to: $1.key) && $0.value == $1.value
        }
    }

    public func hash(into hasher: inout Hasher) {
        for (key, value) in sortedMembers {
            hasher.combine(key)
            hasher.combine(value)
        }
    }
}
