import StrictJSON
import Tidemark

/// A manifest of an image, or an index of images, as far as it identifies them.
///
/// Sources: <https://github.com/opencontainers/image-spec/blob/main/manifest.md>, `image-index.md` and `config.md` beside it,
/// and <https://distribution.github.io/distribution/spec/manifest-v2-2/>.
struct ImageManifest {
    /// `mediaType`, and either `config` or `manifests`.
    let content: JSON

    /// The media types that are asked for: images and indexes, of OCI and of Docker.
    static let mediaTypes = [
        "application/vnd.docker.distribution.manifest.list.v2+json",
        "application/vnd.docker.distribution.manifest.v2+json",
        "application/vnd.oci.image.index.v1+json",
        "application/vnd.oci.image.manifest.v1+json",
    ]

    /// The media types of configurations of images. Other artifacts, such as charts and signatures, have other ones.
    private static let configurationTypes: Set = [
        "application/vnd.docker.container.image.v1+json", "application/vnd.oci.image.config.v1+json",
    ]

    /// The labels that are kept.
    ///
    /// Source: <https://github.com/opencontainers/image-spec/blob/main/annotations.md>.
    static let labels = ["revision", "source", "version", "created"].map { "org.opencontainers.image.\($0)" }

    /// Reads a manifest.
    /// - Throws: `UnreadableAnswer` if the bytes do not have the digest, or are neither a manifest nor an index.
    init(_ bytes: [UInt8], digest: String) throws(UnreadableAnswer) {
        let manifest = try Self.document(bytes, digest: digest)
        var kept: [(String, JSON)] = []
        if let type = manifest["mediaType"]?.string { kept.append(("mediaType", .string(type))) }
        if let images = manifest["manifests"]?.array {
            kept.append(("manifests", .array(try images.map(Self.descriptor))))
        } else if let config = manifest["config"] {
            kept.append(("config", try Self.descriptor(config)))
        } else {
            throw UnreadableAnswer(.unreadableImage)
        }
        content = .object(JSONObject(kept))
    }

    /// The digest, the media type and the platform of a part.
    private static func descriptor(_ value: JSON) throws(UnreadableAnswer) -> JSON {
        guard let digest = value["digest"]?.string, isDigest(digest) else { throw UnreadableAnswer(.unreadableImage) }
        let platform = value["platform"].map { ("platform", kept(Platform.members, of: $0)) }
        return .object(
            JSONObject(
                [("digest", .string(digest))]
                    + [value["mediaType"]?.string.map { ("mediaType", .string($0)) }, platform]
                    .compactMap(\.self)))
    }

    /// Whether a part of an index is an image: an attestation is of an unknown platform.
    static func isImage(_ descriptor: JSON) -> Bool {
        descriptor["platform"].map(Platform.text) != "unknown/unknown"
    }

    static func isConfiguration(_ descriptor: JSON) -> Bool {
        descriptor["mediaType"]?.string.map(configurationTypes.contains) ?? false
    }

    /// The platform and the kept labels of a configuration. Its variables, history and commands can contain secrets.
    /// - Throws: `UnreadableAnswer` if the bytes do not have the digest, or are not a JSON object.
    static func configuration(_ bytes: [UInt8], digest: String) throws(UnreadableAnswer) -> JSON {
        let document = try document(bytes, digest: digest)
        var members = kept(Platform.members, of: document).object ?? [:]
        members["labels"] = kept(labels, of: document["config"]?["Labels"] ?? [:])
        return .object(members)
    }

    private static func document(_ bytes: [UInt8], digest: String) throws(UnreadableAnswer) -> JSON {
        guard "sha256:\(ContentHash(of: bytes))" == digest else { throw UnreadableAnswer(.otherContent(digest)) }
        guard let document = try? JSON(parsing: bytes), document.object != nil else {
            throw UnreadableAnswer(.unreadableImage)
        }
        return document
    }

    private static func isDigest(_ text: String) -> Bool {
        text.hasPrefix("sha256:") && ContentHash(hexadecimal: String(text.dropFirst(7))) != nil
    }

    /// The members with these names, as far as they are texts.
    private static func kept(_ names: [String], of value: JSON) -> JSON {
        .object(JSONObject(names.compactMap { name in value[name]?.string.map { (name, .string($0)) } }))
    }
}

/// A platform in the names of OCI, which are Go's.
enum Platform {
    static let members = ["os", "architecture", "variant"]

    /// `linux/arm64/v8`, of a map with these members.
    static func text(_ platform: JSON) -> String {
        members.compactMap { platform[$0]?.string }.joined(separator: "/")
    }

    static func text(_ platform: JSON) -> JSON { .string(text(platform)) }

    /// The architecture of a host in OCI's names, from EC2's or ECS's; nil for an unknown one.
    ///
    /// Sources: <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Instance.html>, `ecs.cpu-architecture` in
    /// <https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-placement-constraints.html>.
    static func architecture(_ name: String) -> String? {
        switch name.lowercased() {
        case "x86_64": "amd64"
        case "arm64", "aarch64": "arm64"
        case "i386": "386"
        default: nil
        }
    }

    /// `linux/arm64`, without the variant, which no host has.
    static func ofHost(_ platform: JSON?) -> String? {
        platform?["os"]?.string.flatMap { os in platform?["architecture"]?.string.map { "\(os)/\($0)" } }
    }
}
