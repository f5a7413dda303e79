import StrictJSON
import Testing
import TidemarkTestSupport

@testable import Tidemark
@testable import TidemarkKinds

struct ContainerTests {
    static let uri = "123456789012.dkr.ecr.us-west-2.amazonaws.com/antenna-backend"
    private let container = ResourceID(.ecsContainer, "django")
    private let repository = ResourceID(.ecrRepository, uri)
    private let tag = ResourceID(.ecrTag, "\(uri):v10")

    private func running(_ images: (name: String, digest: String?)...) -> JSON {
        [
            "tasks": .array(
                images.map { image in
                    var members: JSONObject = ["name": "django", "image": .string(image.name)]
                    members["imageDigest"] = image.digest.map { .string($0) }
                    return ["taskDefinitionArn": "antenna:10", "containers": [.object(members)]]
                })
        ]
    }

    // MARK: Image names

    @Test(
        arguments: [
            ("redis", "redis", "latest", nil), ("redis:7", "redis", "7", nil),
            ("library/redis:7-alpine", "library/redis", "7-alpine", nil),
            ("localhost:5000/app", "localhost:5000/app", "latest", nil),
            ("localhost:5000/app:v1", "localhost:5000/app", "v1", nil),
            ("\(uri):v10", uri, "v10", nil), ("\(uri)@sha256:aa", uri, nil, "sha256:aa"),
            ("\(uri):v10@sha256:aa", uri, "v10", "sha256:aa"), ("", "", "latest", nil),
        ] as [(String, String, String?, String?)])
    func `an image's name is taken apart`(text: String, repository: String, tag: String?, digest: String?) {
        let name = ImageName(text)
        #expect(name.repository == repository)
        #expect([name.tag, name.digest] == [tag, digest])
    }

    @Test(
        arguments: [
            (uri, ["123456789012", "us-west-2", "antenna-backend"]),
            ("999999999999.dkr.ecr.cn-north-1.amazonaws.com.cn/team/app", ["999999999999", "cn-north-1", "team/app"]),
            ("123456789012.dkr.ecr-fips.us-gov-west-1.amazonaws.com/a", ["123456789012", "us-gov-west-1", "a"]),
            ("redis", []), ("public.ecr.aws/nginx/nginx", []), ("12345.dkr.ecr.us-west-2.amazonaws.com/a", []),
            ("123456789012.dkr.ecr.us-west-2.amazonaws.com/", []), ("docker.io/123456789012.dkr.ecr.x.y/a", []),
        ] as [(String, [String])])
    func `a repository of ECR is known by its URI`(uri: String, parts: [String]) {
        let repository = ECRRepositoryURI(uri)
        #expect((repository.map { [$0.registryID, $0.region, $0.name] } ?? []) == parts)
    }

    @Test func `a FIPS endpoint names the same repository`() {
        let fips = "123456789012.dkr.ecr-fips.us-west-2.amazonaws.com/antenna-backend"
        #expect(ECRRepositoryURI(fips)?.uri == Self.uri)
    }

    // MARK: Facts

    @Test func `what runs, and what the tag means in the registry`() throws {
        let snapshot = try SnapshotView.of([
            container.described: running(("\(Self.uri):v10", "sha256:aa")),
            tag.described: ["imageTag": "v10", "imageDigest": "sha256:bb"],
        ])
        #expect(snapshot.seen("image", of: container) == .string("\(Self.uri):v10"))
        #expect(snapshot.seen("tag", of: container) == "v10")
        #expect(snapshot.seen("digest", of: container) == "sha256:aa")
        #expect(snapshot.seen("registry-digest", of: container) == "sha256:bb")
        // Without the manifests, other digests may be the same image.
        #expect(snapshot.isUnseen("tag-moved", of: container))
    }

    @Test func `the values of tasks that disagree are all listed, each once`() throws {
        let snapshot = try SnapshotView.of([
            container.described: running(("\(Self.uri):v10", "b"), ("\(Self.uri):v9", "a"), ("\(Self.uri):v9", "a"))
        ])
        #expect(snapshot.seen("tag", of: container) == ["v10", "v9"])
        #expect(snapshot.seen("digest", of: container) == ["a", "b"])
    }

    @Test func `an image from elsewhere has no registry to compare with`() throws {
        let snapshot = try SnapshotView.of([container.described: running(("redis:7", nil))])
        #expect(snapshot.seen("tag", of: container) == "7")
        #expect(snapshot.seen("registry-digest", of: container) == nil)
        #expect(snapshot.seen("tag-moved", of: container) == nil)
        #expect(!snapshot.isUnseen("tag-moved", of: container))
    }

    @Test func `the registry's digest is unseen if the tags could not be listed`() throws {
        let gap = Gap(
            question: Question(service: "ecr", operation: "ListImages", parameters: [:]), outcome: .denied,
            reason: .emptyAnswer, facets: [], members: [MemberScope(.ecrTag, prefix: "\(Self.uri):")], kinds: [.ecrTag])
        let snapshot = try SnapshotView.of(
            [container.described: running(("\(Self.uri):v10", "sha256:aa"))], gaps: [gap])
        #expect(snapshot.isUnseen("registry-digest", of: container))
        #expect(snapshot.isUnseen("tag-moved", of: container))
        #expect(snapshot.seen("digest", of: container) == "sha256:aa")
    }

    @Test(
        arguments: [("MUTABLE", true), ("IMMUTABLE", false), ("IMMUTABLE_WITH_EXCLUSION", true)] as [(String, Bool)])
    func `a repository's facts are read from its description`(setting: String, isMutable: Bool) throws {
        let snapshot = try SnapshotView.of([
            repository.described: [
                "imageTagMutability": .string(setting), "imageScanningConfiguration": ["scanOnPush": true],
                "encryptionConfiguration": ["encryptionType": "KMS", "kmsKey": "arn:aws:kms:key"],
            ]
        ])
        #expect(snapshot.seen("mutable", of: repository) == .bool(isMutable))
        #expect(snapshot.seen("encryption", of: repository) == "KMS arn:aws:kms:key")
        #expect(snapshot.seen("scan-on-push", of: repository) == true)
    }

    @Test func `a tag's identity is its repository's name and its own`() throws {
        let snapshot = try SnapshotView.of([tag.described: ["imageTag": "v10"]])
        #expect(snapshot.label(of: tag) == "ecr.tag/antenna-backend:v10")
    }

    // MARK: Listing

    @Test func `tasks that run the same are one description, and which they are is a reading`() throws {
        func task(_ arn: JSON, _ digest: JSON) -> JSON {
            [
                "taskArn": arn, "taskDefinitionArn": "antenna:10", "cpu": "0",
                "containers": [["name": "django", "image": "a:1", "imageDigest": digest, "lastStatus": "RUNNING"]],
            ]
        }
        let members = try #require(KindDefinition.ecsContainer.members)
        let answer = Answer(
            [["tasks": [task("t2", "x"), task("t1", "x")]], ["tasks": [task("t3", "y")]]], identity: "antenna-prod",
            place: AccountRegion(partition: "aws", account: "1", region: "r"), inputs: [[:], [:]])
        let found = try #require(try members.find(answer)?.first)
        #expect(found.identity == "django")
        #expect(found.content["tasks"]?.array?.count == 2)
        #expect(found.content.canonical.contains("lastStatus") == false)
        let state: (JSON) -> JSON = { digest in
            ["definition": "antenna:10", "digest": digest, "image": "a:1", "lastStatus": "RUNNING"]
        }
        #expect(found.readings == ["tasks": ["t1": state("x"), "t2": state("x"), "t3": state("y")]])
    }

    @Test func `the newest stopped tasks are kept with how they ended`() {
        let tasks = (10...30).map { number -> JSON in
            [
                "taskArn": .string("t\(number)"), "stoppedAt": .string("2026-11-23T20:40:\(number)Z"),
                "stopCode": "EssentialContainerExited", "stoppedReason": "https://u:p@example.com",
                "containers": [["name": "flower", "image": "a:1", "exitCode": 137, "reason": "OutOfMemory"]],
            ]
        }
        let answer = Answer(
            [["tasks": .array(tasks)]], identity: "antenna-prod",
            place: AccountRegion(partition: "aws", account: "1", region: "r"), inputs: [[:]])
        let stopped = ContainerTasks(answer).stopped("flower")
        #expect(stopped.object?.keys.sorted() == (21...30).map { "t\($0)" })
        #expect(
            stopped["t30"] == [
                "image": "a:1", "exitCode": 137, "reason": "OutOfMemory", "stopCode": "EssentialContainerExited",
                "stoppedReason": "https://u:p@example.com", "stoppedAt": "2026-11-23T20:40:30Z",
            ])
    }

    @Test(arguments: [("x86_64", "amd64"), ("ARM64", "arm64"), ("aarch64", "arm64"), ("i386", "386"), ("mips", nil)])
    func `the architecture of a host has OCI's name`(name: String, expected: String?) {
        #expect(Platform.architecture(name) == expected)
        let task: JSON = [
            "taskArn": "t",
            "attributes": [
                ["name": "ecs.os-type", "value": "linux"], ["name": "ecs.cpu-architecture", "value": .string(name)],
            ],
            "containers": [["name": "django"]],
        ]
        let answer = Answer(
            [["tasks": [task]]], identity: "antenna-prod",
            place: AccountRegion(partition: "aws", account: "1", region: "r"), inputs: [[:]])
        #expect(ContainerTasks(answer).running("django")["t"]?["architecture"]?.string == expected)
    }
}
