/// The kinds whose descriptions name container images, and those that say what else runs, with how to find it: all that a
/// history knows about kinds.
public struct ImageIndex: Sendable {
    private let byKind: [Kind: ImagesDefinition]
    private let parts: [Kind: RunningPart]

    /// Creates an index from the definitions of some kinds.
    public init(_ definitions: [Kind: ImagesDefinition], parts: [Kind: RunningPart] = [:]) {
        byKind = definitions
        self.parts = parts
    }

    /// The version of what is derived from a log, with that of each kind: `2 ecr.tag=1 ecs.container=1 ec2.instance`.
    package var version: String {
        let named = kinds.map { "\($0.rawValue)=\(byKind[$0]?.version ?? 0)" }
        return (["2"] + named + parts.keys.map(\.rawValue).sorted()).joined(separator: " ")
    }

    /// What the facets of a kind say about the running set; nil if they say nothing.
    package func part(of kind: Kind) -> RunningPart? { parts[kind] }

    /// Whether the running set is derived from a facet.
    package func isOfRunningSet(_ facet: FacetID) -> Bool {
        parts[facet.resource.kind] != nil
            || facet.name == Snapshot.description && byKind[facet.resource.kind]?.vantage == .running
    }

    /// The kinds from whose facets the running set is derived, sorted.
    package var runningKinds: [Kind] {
        Set(kinds(from: .running)).union(parts.keys).sorted { $0.rawValue.precedesByUTF8($1.rawValue) }
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
