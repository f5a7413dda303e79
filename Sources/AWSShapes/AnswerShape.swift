import Locking

/// The type at a path in an operation's answer, from the wire table.
public enum AnswerShape: Sendable, Hashable {
    /// A structure with these members, in boto3's spelling.
    case structure([String])
    /// A list; a path continues with `elements`.
    case list
    /// A map; a path continues with a key as `member`.
    case map
    /// A string, or bytes as AWS encodes them.
    case text
    /// A whole number.
    case integer
    /// A number with a fraction.
    case number
    /// A boolean.
    case boolean
    /// A time, which answers give as RFC 3339.
    case time

    /// The arguments of a lookup. Results are cached, because a program looks up a few paths again and again.
    private struct LookupKey: Hashable {
        let service: String
        let operation: String
        let path: [Step]
    }

    private static let cache = Locked<[LookupKey: AnswerShape?]>([:])

    /// A step of a path.
    public enum Step: Sendable, Hashable {
        /// A member of a structure, or a key of a map.
        case member(String)
        /// Every element of a list.
        case elements
    }

    /// Looks a path up.
    /// - Returns: Nil if the table has no such operation or path.
    public init?(of service: String, _ operation: String, at path: [Step]) {
        let key = LookupKey(service: service, operation: operation, path: path)
        let shape =
            Self.cache.withLock { $0[key] }
            ?? {
                let shape = AnswerShape(lookingUp: service, operation, at: path)
                Self.cache.withLock { $0[key] = .some(shape) }
                return shape
            }()
        guard let shape else { return nil }
        self = shape
    }

    private init?(lookingUp service: String, _ operation: String, at path: [Step]) {
        guard let service = WireTable.service(named: service),
            let output = service.operation(named: operation)?.output
        else { return nil }
        var type = WireType.shape(output)
        for step in path {
            guard case .shape(let name) = type, let inner = service.shape(named: name)?.type(at: step) else {
                return nil
            }
            type = inner
        }
        self.init(type, in: service)
    }

    private init?(_ type: WireType, in service: WireService) {
        switch type {
        case .string, .blob: self = .text
        case .integer: self = .integer
        case .float: self = .number
        case .boolean: self = .boolean
        case .timestamp: self = .time
        // A policy is a document of any shape.
        case .policy: return nil
        case .shape(let name):
            switch service.shape(named: name) {
            case .structure(let structure)?: self = .structure(structure.members.map(\.name).sorted())
            case .list?: self = .list
            case .map?: self = .map
            case nil: return nil
            }
        }
    }
}

extension WireShape {
    fileprivate func type(at step: AnswerShape.Step) -> WireType? {
        switch (self, step) {
        case (.structure(let structure), .member(let name)): structure.member(named: name)?.type
        case (.list(let element, _, _), .elements): element
        case (.map(_, let value, _, _, _), .member): value
        default: nil
        }
    }
}
