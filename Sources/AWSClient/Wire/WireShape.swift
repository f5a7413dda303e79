/// The type of a member on the wire.
enum WireType: Sendable, Hashable {
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

    init?(_ text: Substring) {
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

/// A type that is made of others.
enum WireShape: Sendable, Hashable {
    case structure(WireStructure)
    /// - element: What the wire calls an element of it.
    /// - isFlat: Whether the elements stand directly in the structure that has the list.
    case list(WireType, element: String, isFlat: Bool)
    case map(key: WireType, value: WireType, keyName: String, valueName: String, isFlat: Bool)
}

struct WireStructure: Sendable, Hashable {
    struct Member: Sendable, Hashable {
        /// boto3's name.
        let name: String
        let type: WireType
        /// The wire's name in a request.
        let input: String
        /// The wire's name in an answer.
        let output: String
        var place = Place.body
    }

    /// Where a member stands; all but `body` occur in REST protocols only.
    enum Place: String, Sendable, Hashable {
        case body
        case path
        case query
        case header
        /// A map, one header for each key; the member's name on the wire is what the headers begin with.
        case headers
        /// An attribute of the structure's element.
        case attribute
    }

    private let byName: [String: Member]
    private let byOutput: [String: Member]
    /// The members outside the body, in the table's order.
    private let others: [Member]

    init(_ members: [Member]) {
        byName = Dictionary(members.map { ($0.name, $0) }) { first, _ in first }
        let body = members.lazy.filter { $0.place == .body }
        byOutput = Dictionary(body.map { ($0.output, $0) }) { first, _ in first }
        others = members.filter { $0.place != .body }
    }

    func member(named name: String) -> Member? { byName[name] }
    /// The member whose element in an answer's body has that name.
    func member(receivedAs name: String) -> Member? { byOutput[name] }
    var members: some Collection<Member> { byName.values }
    /// The members that stand at one place outside the body.
    func members(at places: Place...) -> [Member] { others.filter { places.contains($0.place) } }
}

/// What an operation takes and gives, and how its pages follow one another.
struct WireOperation: Sendable, Hashable {
    struct PageToken: Sendable, Hashable {
        /// The parameter of the next request.
        let input: String
        /// The member of the answer that has its value.
        let output: String
    }

    let name: String
    /// Whether it needs credentials; those that give some do not.
    var isSigned = true
    var input: String?
    var output: String?
    /// The element around the output.
    var wrapper: String?
    var tokens: [PageToken] = []
    /// The member that says whether there is another page; without one, the tokens tell.
    var more: String?
    /// The members that are joined across pages.
    var results: [String] = []
    /// How a REST protocol addresses it; nil in the others.
    var address: Address?
    /// The member of the output that is the whole body.
    var payload: String?
    /// The member of the output that is the body's root element itself.
    var unwrapped: String?
    /// What the root element of an answer is called.
    var root: String?

    struct Address: Sendable, Hashable {
        let method: String
        /// Below the bucket, with places for members: `/{Key+}`, where the plus keeps slashes.
        let path: String
        /// The query of every request, in front of what the members add.
        let query: String?
    }
}
