import StrictJSON
import Tidemark

extension Kind {
    package static let ecrManifest = Kind(rawValue: "ecr.manifest")
}

extension KindDefinition {
    /// The manifest of an image, or the index of the images of several platforms; its identity is `REPOSITORY-URI@DIGEST`. It is
    /// asked for if containers run it, if a tag that they or the deployed bundle name points at it, or if such an index lists it.
    ///
    /// The digest of the configuration covers the uncompressed layers: images with the same one are the same image, whatever
    /// index, attestation, annotation or compression is around it.
    ///
    /// A digest's content never changes, so each is asked for once: `BatchGetImage` sets `lastRecordedPullTime`, by which
    /// lifecycle rules expire images, so it must not be called for a tag that nobody uses
    /// (<https://github.com/aws/containers-roadmap/issues/2390>).
    ///
    /// Sources: <https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_BatchGetImage.html>,
    /// <https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_GetDownloadUrlForLayer.html> and `ImageManifest`.
    static let ecrManifest = KindDefinition(
        .ecrManifest, decoder: 1, title: .part { ECRManifestName($0)?.title },
        inputs: { ECRManifestName($0)?.inputs },
        questions: [
            QuestionDefinition(
                "manifest", "ecr", "BatchGetImage",
                [
                    "registryId": "${registry}", "repositoryName": "${name}",
                    "imageIds": [["imageDigest": "${digest}"]],
                    "acceptedMediaTypes": JSON(ImageManifest.mediaTypes),
                ],
                scope: ECRRepositoryURI.scope, absent: ["RepositoryNotFoundException"], isGone: isGone,
                requires: AnswerRequirement("images"), isImmutable: true, read: manifest,
                facets: [manifestFacet],
                leads: [.resources(.ecrManifest, children), .question("config", configInputs)]),
            QuestionDefinition(
                "config", "ecr", "GetDownloadUrlForLayer",
                ["registryId": "${registry}", "repositoryName": "${name}", "layerDigest": "${config}"],
                scope: ECRRepositoryURI.scope, absent: ["LayersNotFoundException", "RepositoryNotFoundException"],
                requires: AnswerRequirement("layerDigest"), isImmutable: true, download: "downloadUrl", read: config,
                facets: [FacetDefinition("config", at: "", added: ["os", "architecture", "variant", "labels"])]),
        ],
        facts: [
            FactDefinition(
                "platforms",
                "The platforms of its images, such as 'linux/amd64'; from the index or the configuration.",
                shape: .scalar, compute: platforms)
        ] + ImageManifest.labels.map(label),
        running: .manifest(part),
        released: .all)

    private static let manifestFacet = FacetDefinition(
        Snapshot.description, at: "", added: ["imageManifestMediaType", "imageManifest"])

    // MARK: The manifest

    private static func isGone(_ answer: Answer) -> Bool {
        failure(in: answer)?["failureCode"] == "ImageNotFound"
    }

    private static func failure(in answer: Answer) -> JSON? {
        answer.value.elements("images").isEmpty ? answer.value.elements("failures").first : nil
    }

    private static func manifest(_ answer: Answer) throws(UnreadableAnswer) -> JSON {
        if let failure = failure(in: answer) {
            let (code, why) = (failure["failureCode"]?.string, failure["failureReason"]?.string)
            throw UnreadableAnswer(.call(.aws(code: code ?? "", message: why ?? "")))
        }
        guard let digest = ECRManifestName(answer.identity)?.digest,
            let image = answer.value.elements("images").first(where: { $0["imageId"]?["imageDigest"]?.string == digest }
            )
        else { throw UnreadableAnswer(.missingName(answer.identity)) }
        guard let text = image["imageManifest"]?.string else { throw UnreadableAnswer(.unreadableImage) }
        let manifest = try ImageManifest(Array(text.utf8), digest: digest)
        let type = image["imageManifestMediaType"] ?? manifest.content["mediaType"]
        return .object(
            JSONObject(
                [("imageManifestMediaType", type), ("imageManifest", manifest.content)].compactMap { name, value in
                    value.map { (name, $0) }
                }))
    }

    /// The images of an index.
    private static func children(_ answer: Answer) -> [String]? {
        guard let name = ECRManifestName(answer.identity), let content = answer.content(of: manifestFacet) else {
            return nil
        }
        return content["imageManifest"]?.elements("manifests").filter(ImageManifest.isImage)
            .compactMap { $0["digest"]?.string }.map(name.repository.identity(of:))
    }

    // MARK: The configuration

    /// The digest of the configuration; no inputs for an index, and for an artifact other than an image.
    private static func configInputs(_ answer: Answer) -> [QuestionInputs]? {
        guard let content = answer.content(of: manifestFacet) else { return nil }
        guard let config = content["imageManifest"]?["config"], ImageManifest.isConfiguration(config),
            let digest = config["digest"]
        else { return [] }
        return [["config": digest]]
    }

    private static func config(_ answer: Answer) throws(UnreadableAnswer) -> JSON {
        try ImageManifest.configuration(answer.payload, digest: answer.inputs.first?["config"]?.string ?? "")
    }

    // MARK: What it says about images

    private static func part(_ facet: FacetID, _ content: JSON) -> ManifestPart? {
        guard let digest = ECRManifestName(facet.resource.identity)?.digest else { return nil }
        if facet.name == "config" {
            let revision = content["labels"]?["org.opencontainers.image.revision"]?.string
            return ManifestPart(digest: digest, .config(platform: Platform.ofHost(content), revision: revision))
        }
        guard facet.name == Snapshot.description, let manifest = content["imageManifest"] else { return nil }
        if let images = manifest["manifests"]?.array {
            let children = images.filter(ImageManifest.isImage).compactMap { image in
                Platform.ofHost(image["platform"]).flatMap { platform in
                    image["digest"]?.string.map { ManifestPart.Child(platform: platform, digest: $0) }
                }
            }
            return ManifestPart(digest: digest, .index(children))
        }
        guard let config = manifest["config"], ImageManifest.isConfiguration(config) else { return nil }
        return config["digest"]?.string.map { ManifestPart(digest: digest, .image(config: $0)) }
    }

    // MARK: Facts

    private static func platforms(_ reader: inout FactReader) -> JSON? {
        let manifest = reader.facet(Snapshot.description)?["imageManifest"]
        if let images = manifest?["manifests"]?.array {
            return JSON.agreed(images.filter(ImageManifest.isImage).map { $0["platform"].map(Platform.text) })
        }
        return manifest == nil ? nil : reader.facet("config").map(Platform.text)
    }

    private static func label(_ label: String) -> FactDefinition {
        let name = label.split(separator: ".").last.map(String.init) ?? label
        return FactDefinition(name, "The label '\(label)' of the image, as its builder set it.", shape: .scalar) {
            reader in
            reader.facet("config")?["labels"]?[label]
        }
    }
}

/// The name of a manifest in a repository: `123456789012.dkr.ecr.us-west-2.amazonaws.com/antenna-backend@sha256:…`.
struct ECRManifestName {
    let repository: ECRRepositoryURI
    let digest: String

    init?(_ identity: String) {
        let name = ImageName(identity)
        guard let repository = ECRRepositoryURI(name.repository), let digest = name.digest, name.tag == nil else {
            return nil
        }
        self.repository = repository
        self.digest = digest
    }

    var inputs: QuestionInputs { repository.inputs.merging(["digest": .string(digest)]) { $1 } }

    /// `antenna-backend@sha256:74ee0f771ae0`.
    var title: String { "\(repository.name)@\(digest.prefix(19))" }
}

extension ECRRepositoryURI {
    /// The identity of a manifest in the repository.
    func identity(of digest: String) -> String { "\(uri)@\(digest)" }
}
