import StrictJSON
import Tidemark

extension Kind {
    package static let ecrTag = Kind(rawValue: "ecr.tag")
}

extension KindDefinition {
    /// A tag of a repository; its identity is the image's name: `…/antenna-backend:v10`. Each is a resource of its own, so
    /// that only tags that moved are stored.
    ///
    /// Source: <https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_ListImages.html>.
    static let ecrTag = KindDefinition(
        .ecrTag, decoder: 1, title: .part(nameWithoutRegistry),
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
                members: MembersDefinition(prefix: { "\($0):" }, owner: repository, find: tags))
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
            image["imageTag"]?.string.map { MembersDefinition.Member("\(answer.identity):\($0)", image) }
        }
    }

    /// `antenna-backend:v10`.
    private static func nameWithoutRegistry(_ name: String) -> String? {
        name.utf8.firstIndex(of: UInt8(ascii: "/")).map { String(name[name.utf8.index(after: $0)...]) }
    }
}
