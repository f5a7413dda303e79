/// The kinds whose descriptions name container images, and how each is read: all that a history must know of kinds.
public struct ImageIndex: Sendable {
    private let byKind: [Kind: ImagesDefinition]

    public init(_ definitions: [Kind: ImagesDefinition]) { byKind = definitions }

    /// How a kind's descriptions are read; nil for a kind that names no images.
    public subscript(kind: Kind) -> ImagesDefinition? { byKind[kind] }

    /// The kinds whose descriptions name images, sorted.
    public var kinds: [Kind] { byKind.keys.sorted { $0.rawValue.precedesByUTF8($1.rawValue) } }

    /// The kinds whose descriptions name images from one vantage, sorted.
    public func kinds(from vantage: ImagesDefinition.Vantage) -> [Kind] {
        kinds.filter { byKind[$0]?.vantage == vantage }
    }
}
