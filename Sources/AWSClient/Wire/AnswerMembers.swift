/// Which members an operation's answer can have, by the wire table.
public enum AnswerMembers {
    public enum Step: Sendable, Hashable {
        case member(String)
        /// Into every element of a list.
        case elements
    }

    /// The names of the members at a place in the answer, in boto3's spelling.
    /// - Returns: Nil where the table does not know the operation or has no structure there.
    public static func names(of service: String, _ operation: String, at path: [Step]) -> [String]? {
        guard let service = WireTable.service(named: service),
            let output = service.operation(named: operation)?.output
        else { return nil }
        var shape = service.shape(named: output)
        for step in path {
            let type: WireType? =
                switch (shape, step) {
                case (.structure(let structure)?, .member(let name)): structure.member(named: name)?.type
                case (.list(let element, _, _)?, .elements): element
                default: nil
                }
            guard case .shape(let name)? = type else { return nil }
            shape = service.shape(named: name)
        }
        guard case .structure(let structure)? = shape else { return nil }
        return structure.members.map(\.name).sorted()
    }
}
