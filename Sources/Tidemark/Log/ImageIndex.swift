import StrictJSON

/// The container images that a kind's descriptions name.
public struct ImagesDefinition: Sendable {
    public let vantage: Vantage
    public let find: @Sendable (_ identity: String, _ description: JSON) -> [ImageReference]

    /// From where an image is seen. They can disagree: a tag may be pushed again after the deploy.
    public enum Vantage: String, Sendable, Hashable {
        /// What a container runs.
        case running
        /// What a tag points at.
        case registry
    }

    public init(
        _ vantage: Vantage, find: @escaping @Sendable (_ identity: String, _ description: JSON) -> [ImageReference]
    ) {
        self.vantage = vantage
        self.find = find
    }
}

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
