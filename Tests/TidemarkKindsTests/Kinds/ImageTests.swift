import StrictJSON
import Testing
import TidemarkTestSupport

@testable import Tidemark
@testable import TidemarkKinds

struct ImageTests {
    private let uri = ContainerTests.uri
    private let kind = KindDefinition.ecrImage

    private func detail(_ digest: String, _ members: JSONObject = [:]) -> JSON {
        var detail: JSONObject = [
            "imageDigest": .string(digest), "imagePushedAt": "2026-11-23T20:40:43Z", "imageSizeInBytes": 70,
        ]
        for (name, value) in members.members { detail[name] = value }
        return .object(detail)
    }

    private func found(_ details: JSON...) throws -> [MembersDefinition.Member]? {
        let answer = Answer(
            .array(details.map { ["imageDetails": .array([$0])] }), identity: "antenna-prod",
            place: AccountRegion(partition: "aws", account: "1", region: "r"),
            inputs: details.map { _ in ["uri": .string(uri)] })
        return try #require(kind.members).find(answer)
    }

    @Test func `the images of a repository that run are one resource`() throws {
        let scan: JSON = ["status": "COMPLETE"]
        let found = try #require(try found(detail("sha256:aa", ["imageScanStatus": scan]), detail("sha256:bb")))
        #expect(found.map(\.identity) == [uri])
        #expect(found.first?.readings == ["imageScanStatus": ["sha256:aa": scan]])
        let image = ResourceID(kind.kind, uri)
        let snapshot = try SnapshotView.of([image.described: found[0].content])
        #expect(snapshot.seen("digest", of: image) == ["sha256:aa", "sha256:bb"])
        #expect(snapshot.seen("size-in-bytes", of: image) == 70)
        #expect(snapshot.label(of: image) == "ecr.image/antenna-backend")
    }

    @Test func `scan findings, pulls and tags do not change an image`() throws {
        let facet = try #require(kind.facet("description"))
        let noisy = detail(
            "sha256:aa",
            [
                "imageTags": ["v10"], "imageScanStatus": ["status": "ACTIVE"], "lastRecordedPullTime": "a",
                "imageScanFindingsSummary": ["findingSeverityCounts": ["HIGH": 1]],
            ])
        let read = facet.read(["imageDetails": [noisy]], names: PropertyNames())
        #expect(read.content == ["imageDetails": [detail("sha256:aa")]])
    }

    @Test func `only images that run, and only in ECR, are asked about, each once`() throws {
        let tasks: JSON = [
            "tasks": [
                [
                    "containers": [
                        ["name": "a", "image": .string("\(uri):v10"), "imageDigest": "sha256:aa"],
                        ["name": "b", "image": .string("\(uri):v10"), "imageDigest": "sha256:aa"],
                        ["name": "c", "image": "redis:7", "imageDigest": "sha256:cc"],
                        ["name": "d", "image": .string("\(uri):v10")],
                    ]
                ]
            ]
        ]
        let question = try #require(KindDefinition.ecsContainer.question("tasks"))
        let answer = Answer(
            [tasks], identity: "a", place: AccountRegion(partition: "aws", account: "1", region: "r"), inputs: [[:]])
        let inputs = try #require(question.inputs(ofMembers: kind.kind, in: answer))
        #expect(inputs.count == 1)
        let asked = try #require(kind.questions.first).filled(with: try #require(inputs.first))
        #expect(asked.region == "us-west-2")
        #expect(
            asked.parameters == [
                "registryId": "123456789012", "repositoryName": "antenna-backend",
                "imageIds": [["imageDigest": "sha256:aa"]],
            ])
    }

    @Test func `a repository's policies are documents`() throws {
        let policy = try #require(KindDefinition.ecrRepository.facet("lifecyclePolicyText"))
        let text = #"{"rules": [{"rulePriority": 2, "action": {"type": "expire"}}, {"rulePriority": 1}]}"#
        let content = try #require(policy.content(in: Stack.answer(["lifecyclePolicyText": .string(text)])))
        #expect(
            policy.read(content, names: PropertyNames()).content == [
                "rules": [["rulePriority": 1], ["rulePriority": 2, "action": ["type": "expire"]]]
            ])
        #expect(policy.content(in: Stack.answer(["lifecyclePolicyText": "no document"])) == nil)
        #expect(policy.content(in: Stack.answer([:])) == nil)
    }
}
