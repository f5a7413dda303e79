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
    }

    private let byName: [String: Member]
    private let byOutput: [String: Member]

    init(_ members: [Member]) {
        byName = Dictionary(members.map { ($0.name, $0) }) { first, _ in first }
        byOutput = Dictionary(members.map { ($0.output, $0) }) { first, _ in first }
    }

    func member(named name: String) -> Member? { byName[name] }
    func member(receivedAs name: String) -> Member? { byOutput[name] }
    var members: some Collection<Member> { byName.values }
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
    var input: String?
    var output: String?
    /// The element around the output.
    var wrapper: String?
    var tokens: [PageToken] = []
    /// The member that says whether there is another page; without one, the tokens tell.
    var more: String?
    /// The members that are joined across pages.
    var results: [String] = []
}
