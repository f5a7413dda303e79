/// A type that is composed of others.
package enum WireShape: Sendable, Hashable {
    case structure(WireStructure)
    /// A list.
    /// - element: The name of an element on the wire.
    /// - isFlat: Whether the elements are directly in the structure that has the list.
    case list(WireType, element: String, isFlat: Bool)
    case map(key: WireType, value: WireType, keyName: String, valueName: String, isFlat: Bool)
}

package struct WireStructure: Sendable, Hashable {
    package struct Member: Sendable, Hashable {
        /// boto3's name.
        package let name: String
        package let type: WireType
        /// The member's name in a request.
        package let input: String
        /// The member's name in an answer.
        package let output: String
        package var location = MemberLocation.body
    }

    /// The location of a member in a message; all but `body` occur in REST protocols only.
    package enum MemberLocation: String, Sendable, Hashable {
        case body
        case path
        case query
        case header
        /// A map with one header for each key; the member's name on the wire is the prefix of the headers.
        case headers
        /// An attribute of the structure's element.
        case attribute
    }

    private let byName: [String: Member]
    private let byOutput: [String: Member]
    /// The members outside the body, in the table's order.
    private let others: [Member]

    package init(_ members: [Member]) {
        byName = Dictionary(members.map { ($0.name, $0) }) { first, _ in first }
        let body = members.lazy.filter { $0.location == .body }
        byOutput = Dictionary(body.map { ($0.output, $0) }) { first, _ in first }
        others = members.filter { $0.location != .body }
    }

    package func member(named name: String) -> Member? { byName[name] }
    /// The member that an answer's body calls by this name.
    package func member(receivedAs name: String) -> Member? { byOutput[name] }
    package var members: some Collection<Member> { byName.values }
    /// The members at these locations outside the body.
    package func members(at locations: MemberLocation...) -> [Member] {
        others.filter { locations.contains($0.location) }
    }
}
