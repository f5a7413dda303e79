/// A part of a parsed pattern.
struct PatternNode: Sendable {
    indirect enum Form: Sendable {
        case scalar(ScalarSet)
        case start
        case end
        case sequence([PatternNode])
        /// Any of these; an empty choice matches nothing.
        case choice([PatternNode])
        /// A node with its least and its greatest number of repetitions; nil for no greatest.
        case repeated(PatternNode, Int, Int?)
    }

    let form: Form
    /// At least the number of instructions that the node compiles to; never 0.
    let size: Int

    private init(_ form: Form, size: Int) {
        self.form = form
        self.size = max(1, size)
    }

    static let start = PatternNode(.start, size: 1)
    static let end = PatternNode(.end, size: 1)

    static func scalar(_ set: ScalarSet) -> PatternNode { PatternNode(.scalar(set), size: set.size) }

    static func sequence(_ nodes: [PatternNode]) -> PatternNode {
        nodes.count == 1 ? nodes[0] : PatternNode(.sequence(nodes), size: nodes.reduce(0) { $0 + $1.size })
    }

    static func choice(_ nodes: [PatternNode]) -> PatternNode {
        nodes.count == 1 ? nodes[0] : PatternNode(.choice(nodes), size: nodes.reduce(0) { $0 + $1.size + 2 })
    }

    static func repeated(_ node: PatternNode, _ least: Int, _ most: Int?) -> PatternNode {
        PatternNode(.repeated(node, least, most), size: (most ?? least + 1) * (node.size + 1) + 1)
    }
}
