import StrictJSON
import Tidemark

// What is known about resources that are gone, or that were never found.
extension SnapshotView {
    /// Whether a resource that does not exist was described before.
    package func wasSeen(_ resource: ResourceID) -> Bool {
        facet(FacetID(resource, Snapshot.reach))?.content["seen"] == true
    }

    /// The title that a resource had before it was gone; nil if none was known.
    package func titleOfGone(_ resource: ResourceID) -> String? {
        facet(FacetID(resource, Snapshot.title))?.content["title"]?.string
    }

    /// `AWS reported at @5 that ec2.security-group/antenna-rds (sg-0a) does not exist`.
    package func report(ofGone resource: ResourceID) -> String {
        let seq = facet(FacetID(resource, Snapshot.reach))?.since ?? self.seq
        let titled = titleOfGone(resource).map { "\(resource.kind)/\($0) (\(resource.identity))" }
        return "AWS reported at \(seq) that \(titled ?? resource.description) does not exist"
    }

    /// The kind of which a resource may exist that no answer named, with the identities of which it has one, if they are
    /// stated: the kind itself, or that of the resources to which its members belong. Nil if the lists are complete.
    package func unlisted(_ kind: Kind, _ identities: [String]?) -> (kind: Kind, identities: [String]?)? {
        guard kinds.isListed(kind) else { return (kind, identities) }
        if let identities, let owner = kinds[kind]?.members?.owner {
            let unknown = identities.compactMap(owner).first { !kinds.isListed($0.kind) && !exists($0) }
            return unknown.map { ($0.kind, [$0.identity]) }
        }
        let owners = kinds.owners(of: kind)
        let isKnown = owners.contains { kinds.isListed($0) || !resources(of: $0).isEmpty }
        return isKnown ? nil : owners.first.map { ($0, nil) }
    }
}
