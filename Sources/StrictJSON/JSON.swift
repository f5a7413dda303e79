/// A JSON value (RFC 8259) that keeps what other readers lose: the spelling of numbers and the order of members.
///
/// Two values are equal when they have the same bytes: strings are compared as UTF-8, never by Unicode's canonical
/// equivalence, and numbers by their spelling (`1.0` is not `1`).
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

    // Values that are equal by bytes are equal under String's own hash too, so that one serves.
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

/// A number as it was written: `1`, `1.0` and `1e0` are three.
public struct JSONNumber: Sendable, Hashable, CustomStringConvertible {
    public let lexeme: String

    /// A number from its spelling, or nil unless it follows RFC 8259 section 6.
    public init?(_ lexeme: String) {
        var scanner = JSONNumberScanner(lexeme.utf8)
        guard scanner.scan(), scanner.isAtEnd else { return nil }
        self.lexeme = lexeme
    }

    public init(_ value: some FixedWidthInteger) {
        lexeme = String(value)
    }

    /// For a reader that has scanned the spelling already.
    init(scanned lexeme: String) {
        self.lexeme = lexeme
    }

    public var description: String { lexeme }
}

/// The members of a JSON object in the order in which they came; no key stands twice.
public struct JSONObject: Sendable, Hashable {
    public typealias Member = (key: String, value: JSON)

    public private(set) var members: [Member] = []

    public init() {}

    /// For a reader that has seen to it that no key stands twice.
    package init(distinct members: [Member]) {
        self.members = members
    }

    public var isEmpty: Bool { members.isEmpty }
    public var count: Int { members.count }
    public var keys: [String] { members.map(\.key) }

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

    /// Equal whatever the order of members.
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
