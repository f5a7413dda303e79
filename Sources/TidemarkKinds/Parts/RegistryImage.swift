import StrictJSON
import Tidemark

/// Facts of a running container that come from the registry and from the bundle.
enum RegistryImage {
    static let facts: [FactDefinition] = [
        FactDefinition(
            "registry-digest", "The digest that the image's tag points at in ECR; a list where the tasks disagree.",
            shape: .scalar,
            compute: { reader in JSON.agreed(reader.runningContainers.map { digest(of: $0, &reader) }) }),
        FactDefinition(
            "tag-moved",
            "Whether the image's tag points at another image than the one that runs, whatever index or attestation is "
                + "around it.", shape: .scalar, compute: isMoved),
        FactDefinition(
            "intended-image", "The image that the bundle of the running version names for it.", shape: .scalar,
            compute: intended),
    ]

    private static func digest(of container: JSON, _ reader: inout FactReader) -> JSON? {
        guard let name = container.imageName, let repository = ECRRepositoryURI(name.repository), let tag = name.tag
        else { return nil }
        let resource = ResourceID(.ecrTag, "\(repository.uri):\(tag)")
        return reader.facet(FacetID(resource, Snapshot.description))?["imageDigest"]
    }

    private static func isMoved(_ reader: inout FactReader) -> JSON? {
        let comparison = reader.imageComparison
        let results = reader.runningContainers.compactMap { container -> ImageComparison.Result? in
            guard let running = container["imageDigest"]?.string, let name = container.imageName,
                let registry = digest(of: container, &reader)?.string
            else { return nil }
            return comparison.compare(
                running, with: registry, in: ECRRepositoryURI(name.repository)?.uri ?? name.repository)
        }
        if results.contains(.other) { return true }
        for case .unknown(let unseen) in results { reader.setUnseen(unseen) }
        return results.isEmpty ? nil : false
    }

    /// A container of another family than that of Elastic Beanstalk is not in its bundle.
    private static func intended(_ reader: inout FactReader) -> JSON? {
        let name = reader.resource.identity
        guard !name.contains("/"), let bundle = reader.resources(of: .elasticBeanstalkBundle).first,
            let dockerrun = reader.facet(FacetID(bundle, Snapshot.description))?["Dockerrun"]
        else { return nil }
        return Dockerrun.images(dockerrun).first { $0.container == name }.map { .string($0.image) }
    }
}
