/// A part of what a snapshot shows. A reader of some parts sees no change of the others.
package enum StatePart: Sendable, Hashable {
    case facet(FacetID)
    /// The facets of one name of all resources of a kind; without a name, all facets.
    case facets(Kind, name: String?)
    /// The resources of a kind that exist.
    case resources(Kind)
    /// The resources of any kind that exist and have an identity.
    case namesakes(String)
    case fingerprints(Kind)
    /// The readings of one name of all resources of a kind.
    case readings(Kind, name: String)
    /// The earlier incarnations of the resources of a kind. They differ from one change to the next, whatever comes back.
    case incarnations(Kind)
    /// The newest release.
    case release
    /// The deployment in place, and whether a release books it.
    case deployments
    /// Whether the environment was settled, and whether its deployment failed.
    case status
    /// The gaps, the decoders, the binding and the key. Everything that reads a snapshot reads it.
    case coverage

    /// The part that a snapshot has as a whole if it has this one.
    package var whole: StatePart {
        switch self {
        case .facet(let facet): .resources(facet.resource.kind)
        case .facets(let kind, _), .incarnations(let kind): .resources(kind)
        case .resources, .namesakes, .fingerprints, .readings, .release, .deployments, .status, .coverage: self
        }
    }
}
