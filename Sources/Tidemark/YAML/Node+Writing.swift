import Yams

extension Node {
    /// Members in this order.
    static func map(_ members: [(String, Node)]) -> Node {
        .mapping(.init(members.map { (Node.text($0.0), $0.1) }))
    }

    /// A number, or a word such as `true`.
    static func plain(_ text: String) -> Node { .scalar(.init(text, .implicit, .plain)) }

    /// A text, in quotes where it would be taken for nothing without them.
    static func text(_ text: String) -> Node {
        .scalar(.init(text, .implicit, ExpectedScalar(text).isNull ? .doubleQuoted : .any))
    }
}
