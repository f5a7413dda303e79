import StrictJSON
import Tidemark

extension EnvironmentObservation {
    /// A resource as people know it: by its kind's title if that was seen, else by its identity.
    public func label(of resource: ResourceID, kinds: KindRegistry) -> String {
        let description = facets[FacetID(resource, Snapshot.description)]?.flatMap(\.self)
        let title = kinds[resource.kind]?.title(of: resource.identity, description: description)
        return title.map { "\(resource.kind)/\($0)" } ?? resource.description
    }
}
