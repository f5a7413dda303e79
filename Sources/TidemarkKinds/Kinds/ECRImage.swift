import StrictJSON
import Tidemark

extension Kind {
    package static let ecrImage = Kind(rawValue: "ecr.image")
}

extension KindDefinition {
    /// The images of a repository that run in the environment; the identity is the repository's URI, so that a deploy changes
    /// one resource. A repository may have thousands of images, so only those that run are asked for. Their tags are
    /// resources of kind `ecr.tag`.
    ///
    /// Source: <https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_ImageDetail.html>.
    static let ecrImage = KindDefinition(
        .ecrImage, decoder: 1, title: .part { ECRRepositoryURI($0)?.name },
        inputs: { ECRRepositoryURI($0)?.inputs },
        questions: [
            QuestionDefinition(
                "images", "ecr", "DescribeImages",
                [
                    "registryId": "${registry}", "repositoryName": "${name}",
                    "imageIds": [["imageDigest": "${digest}"]],
                ],
                count: .perInputs, scope: ECRRepositoryURI.scope,
                absent: ["ImageNotFoundException", "RepositoryNotFoundException"],
                requires: AnswerRequirement(
                    "imageDetails", named: "imageIds[].imageDigest", "imageDetails[].imageDigest"),
                facets: [
                    FacetDefinition(
                        Snapshot.description,
                        at: "", volatile: volatilePaths, lists: ["imageDetails": .keyed(by: ["imageDigest"])])
                ],
                members: MembersDefinition(prefix: { _ in "" }, find: images))
        ],
        facts: [
            fact("digest", "The digest", from: "imageDigest"),
            fact("pushed-at", "When it was pushed", from: "imagePushedAt"),
            fact("size-in-bytes", "How large it is in the registry, compressed", from: "imageSizeInBytes"),
            fact("media-type", "The type of its manifest", from: "imageManifestMediaType"),
        ],
        released: .all)

    /// Scan findings and pulls change without a change of the image. The tags are resources of their own.
    private static let volatilePaths: Set<AttributePattern> = [
        "imageDetails[].imageTags", "imageDetails[].imageScanStatus", "imageDetails[].imageScanFindingsSummary",
        "imageDetails[].lastRecordedPullTime",
    ]
    private static let readings = ["imageScanStatus", "imageScanFindingsSummary"]

    private static func images(_ answer: Answer) -> [MembersDefinition.Member]? {
        var images: [String: [JSON]] = [:]
        for one in answer.each {
            guard let uri = one.inputs.first?["uri"]?.string, let image = one.value.elements("imageDetails").first
            else {
                return nil
            }
            images[uri, default: []].append(image)
        }
        return images.map { uri, images in
            MembersDefinition.Member(uri, ["imageDetails": .array(images)], readings: readings(of: images))
        }
    }

    /// The results of scans, by digest.
    private static func readings(of images: [JSON]) -> [String: JSON] {
        let found = readings.map { name in
            let values = images.compactMap { image in
                image["imageDigest"]?.string.flatMap { digest in image[name].map { (digest, $0) } }
            }
            return (name, JSONObject(values))
        }
        return Dictionary(uniqueKeysWithValues: found.filter { !$1.members.isEmpty }.map { ($0, .object($1)) })
    }

    private static func fact(_ name: String, _ summary: String, from member: String) -> FactDefinition {
        FactDefinition(name, "\(summary); a list where several images run.", shape: .scalar) { reader in
            let images = reader.facet(Snapshot.description)?.elements("imageDetails") ?? []
            return JSON.agreed(images.map { $0[member] })
        }
    }
}
