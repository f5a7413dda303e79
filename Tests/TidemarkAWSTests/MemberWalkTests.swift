import AWSClient
import StrictJSON
import Testing
import Tidemark

@testable import TidemarkAWS

/// Resources that are listed, not asked for one by one; and questions that are asked once per inputs.
struct MemberWalkTests {
    private let old = Script.tag("v8")
    private let stopped = ResourceID("ecs.container", "worker")
    private let elsewhere = ResourceID("ecr.tag", "\(Script.registry)/antenna-backend-nginx:v8")

    // MARK: Listed

    @Test func `what is listed is known by its content, and is reached as its repository is`() async throws {
        let look = try await Script().walk()
        #expect(look.content(Script.tag("v10")) == ["imageTag": "v10", "imageDigest": "sha256:aa"])
        #expect(!look.isAnswered(Script.tag("v10"), "reach"))
        #expect(
            look.content(Script.container) == [
                "tasks": [
                    [
                        "taskDefinitionArn": "antenna:10",
                        "containers": [
                            [
                                "name": "django", "image": .string("\(Script.registry)/antenna-backend:v10"),
                                "imageDigest": "sha256:aa",
                            ]
                        ],
                    ]
                ]
            ])
    }

    @Test func `a known one that is not on the list is gone, and another repository's is not`() async throws {
        let look = try await Script().walk(known: [old, elsewhere, stopped])
        #expect(look.isGone(old))
        #expect(look.isGone(stopped))
        #expect(!look.isAnswered(elsewhere))
    }

    @Test func `the tags of a repository that nothing leads to now are listed all the same`() async throws {
        let left = ResourceID("ecr.repository", "\(Script.registry)/left")
        let look = try await Script().with("DescribeRepositories") { parameters in
            let name = parameters["repositoryNames"]?.array?.first?.string ?? ""
            return .success([
                "repositories": [
                    ["repositoryUri": .string("\(Script.registry)/\(name)"), "repositoryName": .string(name)]
                ]
            ])
        }.walk(known: [left])
        #expect(look.content(left, "reach") == ["reached": false])
        #expect(look.content(ResourceID("ecr.tag", "\(left.identity):v10"))?["imageDigest"] == "sha256:aa")
    }

    @Test func `where a repository does not exist, neither do its tags`() async throws {
        let look = try await Script().failing("DescribeRepositories", .rejected, code: "RepositoryNotFoundException")
            .walk(known: [Script.repository, old, elsewhere])
        #expect(look.isGone(Script.repository))
        #expect(look.isGone(old))
        #expect(!look.isAnswered(elsewhere))
        #expect(look.coverage.gaps.isEmpty)
    }

    @Test(arguments: ["ListImages", "DescribeRepositories"])
    func `tags that could not be listed are unseen, all of them`(operation: String) async throws {
        let look = try await Script().failing(operation).walk(known: [old, elsewhere])
        #expect(!look.isAnswered(old))
        for tag in [old, Script.tag("never-seen")] {
            #expect(look.coverage.gaps.over(FacetID(tag, "description")) != nil)
        }
        #expect(look.coverage.gaps.over(FacetID(elsewhere, "description")) == nil)
        #expect(
            look.gap(operation)?.summary == "ecr:\(operation) about \(Script.repository.identity) denied (AccessDenied)"
        )
    }

    @Test(arguments: [
        "DescribeEnvironmentResources", "ListClusters", "ListContainerInstances", "DescribeContainerInstances",
        "ListTasks", "DescribeTasks",
    ])
    func `containers are unseen wherever the way to them breaks`(operation: String) async throws {
        let look = try await Script().failing(operation).walk(known: [Script.container, Script.repository, old])
        #expect(!look.isAnswered(Script.container))
        #expect(look.coverage.gaps.over(FacetID(Script.container, "description")) != nil)
        #expect(look.coverage.gaps.before("ecs.container") != nil)
        // The repository is asked for by its name, and whether the walk would lead to it is not known.
        #expect(look.isAnswered(Script.repository))
        #expect(!look.isAnswered(Script.repository, "reach"))
        #expect(look.isGone(old))
    }

    @Test func `an answer that is no list is doubtful`() async throws {
        let look = try await Script().answering("ListImages", [:]).walk(known: [old])
        #expect(look.gap("ListImages")?.outcome == .doubtful)
        #expect(!look.isAnswered(old))
    }

    @Test func `without an answer to what leads there, nothing beyond it is gone`() async throws {
        let look = try await Script().answering("DescribeEnvironmentResources", [:]).walk(known: [stopped])
        #expect(!look.isAnswered(stopped))
        #expect(look.coverage.gaps.over(FacetID(stopped, "description")) != nil)
    }

    @Test func `without instances no container runs`() async throws {
        let look = try await Script().answering(
            "DescribeEnvironmentResources", ["EnvironmentResources": ["Instances": []]]
        ).walk(known: [stopped])
        #expect(look.isGone(stopped))
        #expect(look.coverage.gaps.isEmpty)
        #expect(look.coverage.questions.allSatisfy { $0.service != "ecs" })
    }

    // MARK: Asked once per inputs

    @Test func `only tasks on the environment's own instances count`() async throws {
        let look = try await Script().walk()
        let listed = look.coverage.questions.filter { $0.operation == "ListTasks" }
        #expect(listed.map { $0.parameters["cluster"] } == ["ours"])
    }

    @Test func `several answers make one facet`() async throws {
        let look = try await Script().walk()
        let names = look.content(Script.role, "RolePolicyList")?.array?.compactMap { $0["PolicyName"]?.string }
        #expect(names == ["bucket", "logs"])
    }

    @Test func `if one of them is denied the facet is unseen`() async throws {
        let look = try await Script().with("GetRolePolicy") { parameters in
            parameters["PolicyName"] == "logs"
                ? .failure(AWSError(kind: .denied, code: "AccessDenied", message: "no"))
                : .success([
                    "PolicyName": parameters["PolicyName"] ?? .null, "PolicyDocument": ["Version": "2012-10-17"],
                ])
        }.walk()
        #expect(!look.isAnswered(Script.role, "RolePolicyList"))
        #expect(look.gap("GetRolePolicy")?.question.parameters["PolicyName"] == "logs")
        #expect(look.isAnswered(Script.role, "AttachedManagedPolicies"))
    }

    @Test func `one that vanished meanwhile is not part of it`() async throws {
        let look = try await Script().with("GetRolePolicy") { parameters in
            parameters["PolicyName"] == "logs"
                ? .failure(AWSError(kind: .rejected, code: "NoSuchEntity", message: "no"))
                : .success([
                    "PolicyName": parameters["PolicyName"] ?? .null, "PolicyDocument": ["Version": "2012-10-17"],
                ])
        }.walk()
        #expect(
            look.content(Script.role, "RolePolicyList") == [
                ["PolicyName": "bucket", "PolicyDocument": ["Version": "2012-10-17"]]
            ])
        #expect(look.coverage.gaps.isEmpty)
    }

    @Test func `a role without inline policies has none, without a question`() async throws {
        let look = try await Script().answering("ListRolePolicies", ["PolicyNames": []]).walk()
        #expect(look.content(Script.role, "RolePolicyList") == [])
        #expect(look.coverage.questions.allSatisfy { $0.operation != "GetRolePolicy" })
    }

    // MARK: Elsewhere

    @Test func `a repository of another account and region is asked there`() async throws {
        let image = "999999999999.dkr.ecr.eu-west-1.amazonaws.com/team/base:v1"
        let look = try await Script().with("DescribeTasks") { parameters in
            let tasks = parameters["tasks"]?.array?.map { arn in
                JSON.object(["taskArn": arn, "containers": [["name": "django", "image": .string(image)]]])
            }
            return .success(["tasks": .array(tasks ?? [])])
        }.walk()
        let asked = look.coverage.questions.first { $0.operation == "DescribeRepositories" }
        #expect(asked?.region == "eu-west-1")
        #expect(asked?.parameters == ["registryId": "999999999999", "repositoryNames": ["team/base"]])
    }

    @Test func `thousands of tasks are described a hundred at a time`() async throws {
        let arns = (0..<250).map { JSON.string("task-\($0)") }
        let look = try await Script().answering("ListTasks", ["taskArns": .array(arns)]).walk()
        let described = look.coverage.questions.filter { $0.operation == "DescribeTasks" }
        #expect(described.compactMap { $0.parameters["tasks"]?.array?.count }.sorted() == [50, 100, 100])
        #expect(look.isAnswered(Script.container))
    }
}
