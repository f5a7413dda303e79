/// The type of a member.
package enum WireType: Sendable, Hashable {
    case string
    case integer
    case float
    case boolean
    case blob
    case timestamp(format: String?)
    /// A string of URL-encoded JSON, which boto3 decodes: IAM's policy documents.
    case policy
    /// A structure, a list or a map, by its name in the service's table.
    case shape(String)

    package init?(_ text: Substring) {
        switch text {
        case "string": self = .string
        case "integer": self = .integer
        case "float": self = .float
        case "boolean": self = .boolean
        case "blob": self = .blob
        case "policy": self = .policy
        case "timestamp": self = .timestamp(format: nil)
        case _ where text.hasPrefix("timestamp:"):
            self = .timestamp(format: String(text.dropFirst("timestamp:".count)))
        case _ where text.hasPrefix("@"): self = .shape(String(text.dropFirst()))
        default: return nil
        }
    }
}

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

/// An operation: its input and output, and how its pages follow one another.
package struct WireOperation: Sendable, Hashable {
    package struct PageToken: Sendable, Hashable {
        /// The parameter of the next request.
        package let input: String
        /// The member of the answer with the parameter's value.
        package let output: String

        package init(input: String, output: String) {
            self.input = input
            self.output = output
        }
    }

    package let name: String
    /// Whether it is signed; operations that give credentials are not.
    package var isSigned = true
    package var input: String?
    package var output: String?
    /// The element around the output.
    package var wrapper: String?
    package var tokens: [PageToken] = []
    /// The member that says whether there is another page; without one, a token means that there is.
    package var more: String?
    /// The members that are joined across pages.
    package var results: [String] = []
    /// The address in a REST protocol; nil in other protocols.
    package var address: Address?
    /// The member of the output that is the whole body.
    package var payload: String?
    /// The member of the output that is the body's root element itself.
    package var unwrapped: String?
    /// The name of the root element of an answer.
    package var root: String?

    package struct Address: Sendable, Hashable {
        package let method: String
        /// The path below the bucket, with labels for members: `/{Key+}`, where the plus keeps slashes.
        package let path: String
        /// The query of every request, in front of the members' parameters.
        package let query: String?

        package init(method: String, path: String, query: String?) {
            self.method = method
            self.path = path
            self.query = query
        }
    }
}
