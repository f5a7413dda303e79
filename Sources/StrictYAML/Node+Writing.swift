import Yams

extension Node {
    /// A map with these members, in this order.
    package static func map(_ members: [(String, Node)]) -> Node {
        .mapping(.init(members.map { (Node.text($0.0), $0.1) }))
    }

    /// A number, or a word such as `true`.
    package static func plain(_ text: String) -> Node { .scalar(.init(text, .implicit, .plain)) }

    /// A text, in quotes if it would mean null without them.
    package static func text(_ text: String) -> Node {
        .scalar(.init(text, .implicit, nullSpellings.contains(text) ? .doubleQuoted : .any))
    }
}
