import StrictJSON
import Testing
import TidemarkTestSupport

@testable import Tidemark
@testable import TidemarkKinds

struct ManifestTests {
    private let uri = ContainerTests.uri
    private let kind = KindDefinition.ecrManifest
    private let digests = ["a", "b", "c"].map { "sha256:\(ContentHash(of: $0.utf8))" }

    private func manifest(_ text: String) throws -> JSON {
        let bytes = Array(text.utf8)
        return try ImageManifest(bytes, digest: "sha256:\(ContentHash(of: bytes))").content
    }

    @Test func `of a manifest only what identifies the image is kept`() throws {
        let config = #"{"mediaType": "m", "digest": "\#(digests[0])", "size": 7, "annotations": {"a": "b"}}"#
        let kept: JSON = ["mediaType": "t", "config": ["digest": .string(digests[0]), "mediaType": "m"]]
        #expect(
            try manifest(#"{"schemaVersion": 2, "mediaType": "t", "layers": [], "subject": {}, "config": \#(config)}"#)
                == kept)
        // OCI's manifests need not have their own media type.
        #expect(try manifest(#"{"config": \#(config)}"#) == ["config": kept["config"] ?? .null])
    }

    @Test(
        arguments: [
            "", "[]", "{", "{}", #"{"manifests": {}}"#, #"{"config": {}}"#, #"{"config": {"digest": "sha256:AA"}}"#,
            #"{"config": {"digest": "sha512:\#(String(repeating: "a", count: 64))"}}"#, #"{"manifests": [{}]}"#,
            #"{"config": {"digest": 1}}"#, #"{"a": 1, "a": 2}"#,
        ])
    func `what is neither a manifest nor an index is refused`(text: String) {
        #expect(throws: UnreadableAnswer(.unreadableImage)) { try manifest(text) }
    }

    @Test func `of a configuration only the platform and four labels are kept, as far as they are texts`() throws {
        let bytes = Array(
            """
            {"os": "linux", "architecture": "arm64", "variant": "v8", "author": "a", "config": {"Env": ["A=b"], "Labels": \
            {"org.opencontainers.image.source": "https://u:p@example.com/a", "org.opencontainers.image.version": 1, \
            "org.opencontainers.image.title": "a"}}}
            """.utf8)
        let read = try ImageManifest.configuration(bytes, digest: "sha256:\(ContentHash(of: bytes))")
        let facet = try #require(kind.facet("config"))
        #expect(
            facet.read(read, names: PropertyNames()).content == [
                "architecture": "arm64",
                "labels": ["org.opencontainers.image.source": "https://REDACTED@example.com/a"],
                "os": "linux", "variant": "v8",
            ])
        #expect(throws: UnreadableAnswer(.otherContent(digests[0]))) {
            try ImageManifest.configuration(bytes, digest: digests[0])
        }
        let empty = Array("{}".utf8)
        #expect(
            try ImageManifest.configuration(empty, digest: "sha256:\(ContentHash(of: empty))") == ["labels": [:]])
    }

    @Test func `the platforms and labels are facts`() throws {
        let (image, index) = (
            ResourceID(kind.kind, "\(uri)@\(digests[0])"), ResourceID(kind.kind, "\(uri)@\(digests[1])")
        )
        let part = { (digest: String, os: String, architecture: String) -> JSON in
            ["digest": .string(digest), "platform": ["os": .string(os), "architecture": .string(architecture)]]
        }
        let listed: JSON = [
            part(digests[0], "linux", "amd64"), part(digests[2], "linux", "arm64"),
            part(digests[2], "unknown", "unknown"),
        ]
        let snapshot = try SnapshotView.of([
            image.described: ["imageManifest": ["config": ["digest": .string(digests[2])]]],
            FacetID(image, "config"): [
                "os": "linux", "architecture": "arm64", "variant": "v8",
                "labels": ["org.opencontainers.image.revision": "9d07b3a"],
            ],
            index.described: ["imageManifest": ["manifests": listed]],
        ])
        #expect(snapshot.seen("platforms", of: image) == "linux/arm64/v8")
        #expect(snapshot.seen("revision", of: image) == "9d07b3a" && snapshot.seen("source", of: image) == nil)
        #expect(snapshot.seen("platforms", of: index) == ["linux/amd64", "linux/arm64"])
        #expect(snapshot.label(of: image) == "ecr.manifest/antenna-backend@\(digests[0].prefix(19))")
    }

    @Test(arguments: [
        "redis@sha256:aa", "123456789012.dkr.ecr.us-west-2.amazonaws.com/a:v1",
        "123456789012.dkr.ecr.us-west-2.amazonaws.com/a",
        "123456789012.dkr.ecr.us-west-2.amazonaws.com/a:v1@sha256:aa", "",
    ])
    func `a name without a repository in ECR and a digest alone cannot be asked about`(name: String) {
        #expect(kind.inputs(name) == nil)
    }

    @Test func `the permissions are limited to the known repositories`() {
        let repository = ResourceID(.ecrRepository, uri)
        let policy = AccessPolicy(kinds: .all, known: [repository: [:]])
        let statement = policy.statements.first { $0.actions.contains("ecr:BatchGetImage") }
        #expect(statement?.actions.contains("ecr:GetDownloadUrlForLayer") == true)
        #expect(statement?.resources == ["arn:aws:ecr:us-west-2:123456789012:repository/antenna-backend"])
    }
}
