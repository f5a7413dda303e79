import StrictJSON
import Tidemark

extension EnvironmentObservation {
    /// The label of a resource: `kind/title` if its title was seen, else `kind/identity`.
    public func label(of resource: ResourceID, kinds: KindRegistry) -> String {
        let description = facets[FacetID(resource, Snapshot.description)]?.flatMap(\.self)
        let title = kinds[resource.kind]?.title(of: resource.identity, description: description)
        return title.map { "\(resource.kind)/\($0)" } ?? resource.description
    }
}
