import StrictJSON

@testable import Tidemark
@testable import TidemarkKinds

/// The image that runs in a test: its configuration, with secrets, and its manifest.
enum ScriptedImage {
    static let config = Array(
        """
        {"architecture": "amd64", "os": "linux", "config": {"Env": ["TOKEN=\(Script.secret)"], "Labels": \
        {"org.opencontainers.image.revision": "9d07b3a", "maintainer": "\(Script.secret)"}}, \
        "history": [{"created_by": "RUN |1 TOKEN=\(Script.secret)"}]}
        """.utf8)
    static let manifest = """
        {"schemaVersion": 2, "mediaType": "\(mediaType)", "annotations": {"token": "\(Script.secret)"}, "config": \
        {"mediaType": "application/vnd.docker.container.image.v1+json", "size": 7, "digest": "\(sum(of: config))"}}
        """
    static let mediaType = "application/vnd.docker.distribution.manifest.v2+json"
    static let digest = sum(of: Array(manifest.utf8))
    static let resource = named(digest)

    static func sum(of bytes: [UInt8]) -> String { "sha256:\(ContentHash(of: bytes))" }

    static func named(_ digest: String) -> ResourceID {
        ResourceID(.ecrManifest, "\(Script.repository.identity)@\(digest)")
    }

    /// The answer to `BatchGetImage` for one of some manifests, by their digests.
    static func answer(_ parameters: JSONObject, _ manifests: [String: String] = [digest: manifest]) -> JSON {
        let asked = parameters["imageIds"]?.array?.first ?? .null
        guard let manifest = asked["imageDigest"]?.string.flatMap({ manifests[$0] }) else {
            return [
                "images": [],
                "failures": [["imageId": asked, "failureCode": "ImageNotFound", "failureReason": "none"]],
            ]
        }
        return [
            "images": [
                ["imageId": asked, "imageManifest": .string(manifest), "imageManifestMediaType": .string(mediaType)]
            ], "failures": [],
        ]
    }
}
