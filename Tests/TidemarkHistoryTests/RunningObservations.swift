import StrictJSON
import Tidemark
import TidemarkKinds

extension EnvironmentObservation {
    /// A stack whose two containers run one image, and the digests that the repository's tags point at.
    static func running(
        _ tag: String, _ digest: String, tags: [String: String], gone: [String] = [], version: String? = nil,
        unsettled: [UnsettledReason] = []
    ) -> EnvironmentObservation {
        running([tag: digest], tags: tags, gone: gone, version: version, unsettled: unsettled)
    }

    /// A stack whose two containers run each of some images.
    static func running(
        _ images: [String: String], tags: [String: String], gone: [String] = [], version: String? = nil,
        unsettled: [UnsettledReason] = []
    ) -> EnvironmentObservation {
        var facets: [FacetID: JSON?] = version.map(EnvironmentObservation.version)?.facets ?? [:]
        for name in ["django", "celery"] {
            let tasks = images.sorted { $0.key < $1.key }.map { tag, digest -> JSON in
                let container: JSON = [
                    "name": .string(name), "image": .string("\(DeploymentTests.repository):\(tag)"),
                    "imageDigest": .string(.digest(digest)),
                ]
                return ["containers": [container]]
            }
            facets[FacetID(ResourceID(.ecsContainer, name), "description")] = ["tasks": .array(tasks)]
        }
        for (tag, digest) in tags {
            facets[.tag(tag)] = ["imageTag": .string(tag), "imageDigest": .string(.digest(digest))]
        }
        for tag in gone { facets.updateValue(nil, forKey: .tag(tag)) }
        var observation = EnvironmentObservation.of(facets)
        observation.unsettled = unsettled
        return observation
    }

    /// A stack with a version and nothing else.
    static func version(_ label: String) -> EnvironmentObservation {
        .of([
            FacetID(ResourceID(.elasticBeanstalkEnvironment, "antenna-production"), "description"): [
                "VersionLabel": .string(label)
            ]
        ])
    }
}

extension FacetID {
    static func tag(_ tag: String) -> FacetID {
        FacetID(ResourceID(.ecrTag, "\(DeploymentTests.repository):\(tag)"), "description")
    }
}

extension ImageReference {
    static func image(_ tag: String, _ digest: String) -> ImageReference {
        ImageReference(repository: DeploymentTests.repository, tag: tag, digest: .digest(digest))
    }
}

extension String {
    /// A digest that begins so.
    static func digest(_ prefix: String) -> String {
        "sha256:" + prefix.padding(toLength: 64)
    }

    private func padding(toLength length: Int) -> String { self + String(repeating: "0", count: length - count) }
}

extension DeployedImage.State {
    var isRunning: Bool { if case .runs = self { true } else { false } }
}
