import AWSClient
import StrictJSON
import Synchronization
import Testing

@testable import Tidemark
@testable import TidemarkAWS
@testable import TidemarkKinds

/// The manifests of images: which are asked for, and what of an earlier snapshot is not.
struct ManifestWalkTests {
    private let image = ScriptedImage.resource

    /// The operations of ECR's manifests that a walk asks.
    private func asked(_ body: (@escaping @Sendable (Question) async -> Void) async throws -> Void) async throws
        -> [String]
    {
        let asked = Mutex<[String]>([])
        try await body { question in
            if ["BatchGetImage", "GetDownloadUrlForLayer"].contains(question.operation) {
                asked.withLock { $0.append(question.operation) }
            }
        }
        return asked.withLock { $0.sorted() }
    }

    private func recorded(_ observation: EnvironmentObservation, decoder: String = "1") -> RecordedFacets {
        let facets = observation.facets
        return { facet throws(Failure) in
            facets[facet].flatMap(\.self).map { RecordedFacet(content: $0, decoder: decoder) }
        }
    }

    @Test func `a manifest and its configuration are stored without secrets`() async throws {
        let observation = try await Script().walk(key: FingerprintKey(Array("a-key-for-the-tests-only".utf8)))
        #expect(
            observation.content(image) == [
                "imageManifest": [
                    "config": [
                        "digest": .string(ScriptedImage.sum(of: ScriptedImage.config)),
                        "mediaType": "application/vnd.docker.container.image.v1+json",
                    ], "mediaType": .string(ScriptedImage.mediaType),
                ], "imageManifestMediaType": .string(ScriptedImage.mediaType),
            ])
        #expect(
            observation.content(image, "config") == [
                "architecture": "amd64", "labels": ["org.opencontainers.image.revision": "9d07b3a"], "os": "linux",
            ])
        #expect(!observation.stored.contains(Script.secret))
        #expect(observation.fingerprints.allSatisfy { $0.location.facet.resource != image })
    }

    @Test func `what an earlier snapshot recorded is not asked for again, and counts as answered`() async throws {
        let first = try await Script().walk()
        let asked = try await asked { before in
            let second = try await Script().walk(known: [image], before: before, recorded: recorded(first))
            #expect(second.facets == first.facets && second.coverage.gaps.isEmpty)
            #expect(second.coverage.questionsJSON == first.coverage.questionsJSON)
            #expect(second.statistics.recordedAnswers == 2)
        }
        #expect(asked == [])
    }

    @Test func `what another decoder read is asked for again`() async throws {
        let first = try await Script().walk()
        let asked = try await asked { before in
            _ = try await Script().walk(before: before, recorded: recorded(first, decoder: "0"))
        }
        #expect(asked == ["BatchGetImage", "GetDownloadUrlForLayer"])
    }

    @Test func `a configuration that was not answered is asked for again`() async throws {
        let first = try await Script().failing("GetDownloadUrlForLayer", .denied, code: "AccessDeniedException").walk()
        #expect(first.gap("GetDownloadUrlForLayer")?.facets == [FacetID(image, "config")])
        let asked = try await asked { before in
            let second = try await Script().walk(known: [image], before: before, recorded: recorded(first))
            #expect(second.content(image, "config") != nil && second.coverage.gaps.isEmpty)
        }
        #expect(asked == ["GetDownloadUrlForLayer"])
    }

    @Test func `a damaged history ends the walk`() async throws {
        let failure = Failure(.history, "damaged")
        await #expect(throws: failure) {
            try await Script().walk(recorded: { (_: FacetID) throws(Failure) -> RecordedFacet? in throw failure })
        }
    }

    // MARK: Which digests

    @Test func `an image that nothing refers to leaves the state without a question`() async throws {
        let other = ScriptedImage.named("sha256:\(ContentHash(of: "other".utf8))")
        let asked = try await asked { before in
            let observation = try await Script().walk(known: [other], before: before)
            #expect(
                observation.isGone(other) && observation.isGone(other, "config") && observation.isGone(other, "reach"))
        }
        #expect(asked.count == 2)
        let blind = try await Script().failing("ListTasks", .denied, code: "AccessDeniedException").walk(known: [other])
        let reach = FacetID(other, "reach")
        #expect(!blind.isAnswered(other) && blind.coverage.gaps.contains { $0.facets.contains(reach) })
    }

    @Test func `of the tags only those that containers or the bundle name are asked for`() async throws {
        let digests = ["sha256:99", "sha256:aa"].map { ScriptedImage.sum(of: Array($0.utf8)) }
        var script = Script().with("ListImages") { _ in
            .success([
                "imageIds": [
                    ["imageTag": "v9", "imageDigest": .string(digests[0])],
                    ["imageTag": "v10", "imageDigest": .string(digests[1])],
                ]
            ])
        }
        let moved = try await script.walk()
        #expect(moved.isGone(ScriptedImage.named(digests[1])))
        #expect(!moved.isAnswered(ScriptedImage.named(digests[0])))
        script.object = Array(
            #"{"containerDefinitions": [{"name": "a", "image": "\#(Script.repository.identity):v9"}]}"#.utf8)
        #expect(try await script.walk().isGone(ScriptedImage.named(digests[0])))
    }

    @Test func `the images of an index are asked for, and its attestations are not`() async throws {
        let attestation = ScriptedImage.sum(of: Array("attestation".utf8))
        let index = """
            {"schemaVersion": 2, "mediaType": "application/vnd.oci.image.index.v1+json", "manifests": [\
            {"digest": "\(ScriptedImage.digest)", "mediaType": "a", "size": 9, "platform": {"os": "linux", "architecture": "amd64"}}, \
            {"digest": "\(attestation)", "mediaType": "a", "platform": {"os": "unknown", "architecture": "unknown"}}]}
            """
        let digest = ScriptedImage.sum(of: Array(index.utf8))
        let script = Script().with("DescribeTasks") { parameters in
            .success([
                "tasks": .array(
                    parameters["tasks"]?.array?.map { arn in
                        [
                            "taskArn": arn, "taskDefinitionArn": "awseb-antenna-prod-a:10",
                            "containers": [
                                [
                                    "name": "django", "image": .string("\(Script.repository.identity):v10"),
                                    "imageDigest": .string(digest),
                                ]
                            ],
                        ]
                    } ?? [])
            ])
        }.with("BatchGetImage") {
            .success(ScriptedImage.answer($0, [digest: index, ScriptedImage.digest: ScriptedImage.manifest]))
        }
        let observation = try await script.walk()
        let listed = observation.content(ScriptedImage.named(digest))?["imageManifest"]?.elements("manifests")
        #expect(listed?.count == 2)
        #expect(observation.isGone(ScriptedImage.named(digest), "config"))
        #expect(observation.content(image, "config") != nil)
        #expect(!observation.isAnswered(ScriptedImage.named(attestation)) && observation.coverage.gaps.isEmpty)
        let again = try await script.walk(recorded: recorded(observation))
        #expect(again.facets == observation.facets && again.statistics.recordedAnswers == 3)
    }

    @Test func `without the kind nothing is asked, and nothing is a gap`() async throws {
        let asked = try await asked { before in
            let observation = try await Script().walk(
                known: [image], kinds: .all.without(KindRegistry.manifests), before: before)
            #expect(!observation.isAnswered(image) && observation.coverage.gaps.isEmpty)
            #expect(observation.decoders[.ecrManifest] == nil)
        }
        #expect(asked == [])
    }

    // MARK: Answers that are not what was asked for

    @Test(
        arguments: [
            (ScriptedImage.manifest + " ", GapReason.otherContent(ScriptedImage.digest)),
            ("", GapReason.otherContent(ScriptedImage.digest)),
        ])
    func `a manifest with another digest is unseen`(text: String, reason: GapReason) async throws {
        let observation = try await Script().with("BatchGetImage") {
            .success(ScriptedImage.answer($0, [ScriptedImage.digest: text]))
        }.walk()
        let gap = observation.gap("BatchGetImage")
        #expect(gap?.outcome == .doubtful && gap?.reason == reason)
        #expect(gap?.facets.isSuperset(of: [FacetID(image, "description"), FacetID(image, "config")]) == true)
        #expect(!observation.isAnswered(image))
    }

    @Test func `an answer about another digest is unseen`() async throws {
        let observation = try await Script().with("BatchGetImage") { _ in
            .success([
                "images": [
                    ["imageId": ["imageDigest": "sha256:bb"], "imageManifest": .string(ScriptedImage.manifest)]
                ],
                "failures": [],
            ])
        }.walk()
        #expect(observation.gap("BatchGetImage")?.reason == .missingName(image.identity))
    }

    @Test func `only the failure ImageNotFound says that an image does not exist`() async throws {
        let gone = try await Script().with("BatchGetImage") { .success(ScriptedImage.answer($0, [:])) }.walk()
        #expect(gone.isGone(image) && gone.coverage.gaps.isEmpty)
        let inaccessible = try await Script().with("BatchGetImage") { _ in
            .success(["images": [], "failures": [["failureCode": "KmsError", "failureReason": "no key"]]])
        }.walk()
        let reason = inaccessible.gap("BatchGetImage")?.reason
        #expect(!inaccessible.isAnswered(image) && reason == .call(.aws(code: "KmsError", message: "no key")))
    }

    @Test func `a configuration with another digest is unseen`() async throws {
        var script = Script()
        script.config += [0x20]
        let observation = try await script.walk()
        let digest = ScriptedImage.sum(of: ScriptedImage.config)
        #expect(observation.gap("GetDownloadUrlForLayer")?.reason == .otherContent(digest))
        #expect(observation.content(image) != nil && !observation.isAnswered(image, "config"))
    }

    @Test func `an artifact other than an image has no configuration`() async throws {
        let chart = ScriptedImage.manifest.replacing("vnd.docker.container.image.v1", with: "vnd.cncf.helm.config.v1")
        let digest = ScriptedImage.sum(of: Array(chart.utf8))
        let script = Script().with("BatchGetImage") { .success(ScriptedImage.answer($0, [digest: chart])) }
            .with("ListImages") { _ in .success(["imageIds": [["imageTag": "v10", "imageDigest": .string(digest)]]]) }
        let observation = try await script.walk()
        #expect(observation.content(ScriptedImage.named(digest)) != nil && observation.coverage.gaps.isEmpty)
        #expect(observation.isGone(ScriptedImage.named(digest), "config"))
    }
}
