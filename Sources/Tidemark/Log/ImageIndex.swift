/// The kinds whose descriptions name container images, and how to find them: all that a history knows about kinds.
public struct ImageIndex: Sendable {
    private let byKind: [Kind: ImagesDefinition]

    /// Creates an index from the definitions of some kinds.
    public init(_ definitions: [Kind: ImagesDefinition]) { byKind = definitions }

    /// The version of what is derived from a log, with that of each kind: `1 ecr.tag=1 ecs.container=1`.
    package var version: String {
        (["1"] + kinds.map { "\($0.rawValue)=\(byKind[$0]?.version ?? 0)" }).joined(separator: " ")
    }

    /// The definition for a kind; nil if its descriptions name no images.
    package subscript(kind: Kind) -> ImagesDefinition? { byKind[kind] }

    /// The kinds whose descriptions name images, sorted.
    package var kinds: [Kind] { byKind.keys.sorted { $0.rawValue.precedesByUTF8($1.rawValue) } }

    /// The kinds whose descriptions name images as seen from one vantage, sorted.
    package func kinds(from vantage: ImagesDefinition.Vantage) -> [Kind] {
        kinds.filter { byKind[$0]?.vantage == vantage }
    }
}
