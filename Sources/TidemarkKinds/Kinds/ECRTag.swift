import StrictJSON
import Tidemark

extension Kind {
    package static let ecrTag = Kind(rawValue: "ecr.tag")
}

extension KindDefinition {
    /// A tag of a repository; its identity is the image's name: `…/antenna-backend:v10`. Each is a resource of its own, so
    /// that only tags that moved are stored. Tags that name signatures and attestations by an image's digest are none: three of
    /// them come with each push.
    ///
    /// Source: <https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_ListImages.html>.
    static let ecrTag = KindDefinition(
        .ecrTag, decoder: 2, title: .part(nameWithoutRegistry),
        questions: [
            QuestionDefinition(
                "tags", "ecr", "ListImages",
                [
                    "registryId": "${registry}", "repositoryName": "${name}", "filter": ["tagStatus": "TAGGED"],
                    "maxResults": 1000,
                ],
                scope: ECRRepositoryURI.scope,
                absent: ["RepositoryNotFoundException"], requires: AnswerRequirement("imageIds"),
                facets: [FacetDefinition(Snapshot.description, at: "imageIds[]")],
                members: MembersDefinition(prefix: { "\($0):" }, owner: repository, find: tags),
                leads: [.offers(.ecrManifest, manifests)])
        ],
        facts: [],
        images: ImagesDefinition(.registry) { identity, description in
            let name = ImageName(identity)
            return [
                ImageReference(
                    repository: name.repository, tag: name.tag, digest: description["imageDigest"]?.string)
            ]
        },
        released: .all)

    private static func repository(_ name: String) -> ResourceID? {
        ResourceID(.ecrRepository, ImageName(name).repository)
    }

    private static func tags(_ answer: Answer) -> [MembersDefinition.Member]? {
        answer.value["imageIds"]?.array?.compactMap { image in
            image["imageTag"]?.string.flatMap { isArtifact($0) ? nil : $0 }.map {
                MembersDefinition.Member("\(answer.identity):\($0)", image)
            }
        }
    }

    /// The digest at which each tag points.
    private static func manifests(_ answer: Answer) -> [LinkKey: String]? {
        answer.value["imageIds"]?.array.map { images in
            let named = images.compactMap { image -> (LinkKey, String)? in
                guard let key = image["imageTag"]?.string.flatMap({ ImageName("\(answer.identity):\($0)").tagKey }),
                    let digest = image["imageDigest"]?.string
                else { return nil }
                return (key, "\(answer.identity)@\(digest)")
            }
            return Dictionary(named) { first, _ in first }
        }
    }

    /// Whether a tag names a signature, an attestation or a bill of materials of an image, by its digest.
    ///
    /// Sources: <https://github.com/sigstore/cosign/blob/main/specs/SIGNATURE_SPEC.md>, "Tag-based discovery", and
    /// <https://github.com/opencontainers/distribution-spec/blob/main/spec.md>, "Referrers Tag Schema".
    private static func isArtifact(_ tag: String) -> Bool {
        tag.wholeMatch(of: #/sha256-[0-9a-f]{64}(\.(sig|att|sbom))?/#) != nil
    }

    /// `antenna-backend:v10`.
    private static func nameWithoutRegistry(_ name: String) -> String? {
        name.utf8.firstIndex(of: UInt8(ascii: "/")).map { String(name[name.utf8.index(after: $0)...]) }
    }
}

extension ImageName {
    /// The key of a tag in ECR, by which a container or a bundle refers to the image at which it points now; nil for a name of
    /// another registry, and without a tag.
    var tagKey: LinkKey? {
        guard let tag, digest == nil, let repository = ECRRepositoryURI(repository) else { return nil }
        return LinkKey("image", "\(repository.uri):\(tag)")
    }

    /// The identity of the manifest to which a name in ECR is pinned; nil for any other name.
    var pinnedManifest: String? {
        digest.flatMap { digest in ECRRepositoryURI(repository).map { $0.identity(of: digest) } }
    }
}
