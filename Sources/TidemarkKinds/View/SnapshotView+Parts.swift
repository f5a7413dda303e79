import StrictJSON
import Tidemark

// The parts of a snapshot that rules read, each of which is noted.
extension SnapshotView {
    /// A facet that is not gone, whether or not it was seen.
    package func facet(_ facet: FacetID) -> StoredFacet? {
        note(.facet(facet))
        return snapshot.facets[facet]
    }

    package func facets(of resource: ResourceID) -> [FacetID] {
        note(.facets(resource.kind, name: nil))
        return snapshot.facets(of: resource)
    }

    package func unseenFacets(of resource: ResourceID) -> [FacetID] {
        note(.facets(resource.kind, name: nil))
        return snapshot.unseenFacets(of: resource)
    }

    /// Whether a resource exists, as far as it was last seen.
    package func exists(_ resource: ResourceID) -> Bool {
        note(.resources(resource.kind))
        return snapshot.facets[FacetID(resource, Snapshot.description)] != nil
    }

    package func resources(of kind: Kind) -> [ResourceID] {
        note(.resources(kind))
        return snapshot.resources(of: kind)
    }

    package func resources(identifiedBy identity: String) -> [ResourceID] {
        note(.namesakes(identity))
        return snapshot.resources(identifiedBy: identity).filter { $0.identity.isIdenticalText(to: identity) }
    }

    package func missingResources(of kind: Kind) -> [ResourceID] {
        note(.facets(kind, name: Snapshot.reach))
        note(.resources(kind))
        return snapshot.missingResources(of: kind)
    }

    /// The fingerprints of the secrets in a resource's facets.
    package func fingerprints(of resource: ResourceID) -> [Fingerprint.Location: Fingerprint.Value] {
        note(.fingerprints(resource.kind))
        return snapshot.fingerprints.filter { $0.key.facet.resource == resource }
    }

    func fingerprint(at location: Fingerprint.Location) -> Fingerprint.Value? {
        note(.fingerprints(location.facet.resource.kind))
        return snapshot.fingerprints[location]
    }

    /// A value that was read; nil if it was not.
    package func reading(_ name: String, of resource: ResourceID) -> JSON? {
        note(.readings(resource.kind, name: name))
        return body.readings.first { $0.resource == resource && $0.name.isIdenticalText(to: name) }?.value
    }

    /// Why the environment was unsettled, and why its deployment counts as failed.
    package var status: (unsettled: [UnsettledReason], failures: [DeploymentFailure]) {
        note(.status)
        return (body.unsettled, body.failures)
    }
}
