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
        get { index(of: key).map { members[$0].value } }
        set {
            switch (index(of: key), newValue) {
            case (let index?, let value?): members[index].value = value
            case (let index?, nil): members.remove(at: index)
            case (nil, let value?): members.append((key, value))
            case (nil, nil): break
            }
        }
    }

    /// The index of a key. A closure over the members would copy each of them.
    private func index(of key: String) -> Int? {
        for index in members.indices where members[index].key.isIdenticalText(to: key) { return index }
        return nil
    }

    /// The members in the order of canonical JSON: by the UTF-8 bytes of their keys.
    public var sortedMembers: [Member] {
        Self.areSorted(members) ? members : members.sorted { $0.key.precedesByUTF8($1.key) }
    }

    /// Whether each key is after the one before: those of stored JSON are, and none of them is a duplicate.
    static func areSorted(_ members: [Member]) -> Bool {
        for index in members.indices.dropFirst() where !members[index - 1].key.precedesByUTF8(members[index].key) {
            return false
        }
        return true
    }

    /// Equality whatever the order of members.
    public static func == (left: JSONObject, right: JSONObject) -> Bool {
        guard left.count == right.count else { return false }
        return zip(left.sortedMembers, right.sortedMembers).allSatisfy {
            $0.key.isIdenticalText(to: $1.key) && $0.value == $1.value
        }
    }

    /// Hashes the members whatever their order.
    public func hash(into hasher: inout Hasher) {
        for (key, value) in sortedMembers {
            hasher.combine(key)
            hasher.combine(value)
        }
    }
}

extension JSONObject: ExpressibleByDictionaryLiteral {
    /// Creates an object with the members in order. The last value of a repeated key is kept.
    public init(_ members: some Sequence<(String, JSON)>) {
        var distinct: [Member] = []
        // Compare keys by bytes, as JSON does, and in time that is not quadratic in the number of members.
        var indices: [JSON: Int] = [:]
        for (key, value) in members {
            if let index = indices[.string(key)] {
                distinct[index].value = value
            } else {
                indices[.string(key)] = distinct.count
                distinct.append((key, value))
            }
        }
        self.init(distinct: distinct)
    }

    /// Creates an object with the members in order. The last value of a repeated key is kept.
    public init(dictionaryLiteral elements: (String, JSON)...) { self.init(elements) }
}
