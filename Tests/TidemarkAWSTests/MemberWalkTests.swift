import AWSClient
import StrictJSON
import Testing
import Tidemark

@testable import TidemarkAWS

/// Resources that are listed, and questions that are asked once per inputs.
struct MemberWalkTests {
    private let old = Script.tag("v8")
    private let stopped = ResourceID(.ecsContainer, "worker")
    private let elsewhere = ResourceID(.ecrTag, "\(Script.registry)/antenna-backend-nginx:v8")

    // MARK: Listed

    @Test func `a listed resource has its content, and is reached with its repository`() async throws {
        let observation = try await Script().walk()
        #expect(
            observation.content(Script.tag("v10")) == [
                "imageTag": "v10", "imageDigest": .string(ScriptedImage.digest),
            ])
        #expect(!observation.isAnswered(Script.tag("v10"), "reach"))
        #expect(
            observation.content(Script.container) == [
                "tasks": [
                    [
                        "taskDefinitionArn": "awseb-antenna-prod-a:10",
                        "containers": [
                            [
                                "name": "django", "image": .string("\(Script.registry)/antenna-backend:v10"),
                                "imageDigest": .string(ScriptedImage.digest),
                            ]
                        ],
                    ]
                ]
            ])
    }

    @Test func `a known tag that is not on the list is gone, and another repository's is not`() async throws {
        let observation = try await Script().walk(known: [old, elsewhere, stopped])
        #expect(observation.isGone(old))
        #expect(observation.isGone(stopped))
        #expect(!observation.isAnswered(elsewhere))
    }

    @Test func `the tags of a repository that nothing leads to now are listed all the same`() async throws {
        let left = ResourceID(.ecrRepository, "\(Script.registry)/left")
        let observation = try await Script().with("DescribeRepositories") { parameters in
            let name = parameters["repositoryNames"]?.array?.first?.string ?? ""
            return .success([
                "repositories": [
                    ["repositoryUri": .string("\(Script.registry)/\(name)"), "repositoryName": .string(name)]
                ]
            ])
        }.walk(known: [left])
        #expect(observation.content(left, "reach") == ["reached": false])
        #expect(
            observation.content(ResourceID(.ecrTag, "\(left.identity):v10"))?["imageDigest"]?.string
                == ScriptedImage.digest)
    }

    @Test func `without a repository there are no tags`() async throws {
        let observation = try await Script().failing(
            "DescribeRepositories", .rejected, code: "RepositoryNotFoundException"
        )
        .walk(known: [Script.repository, old, elsewhere])
        #expect(observation.isGone(Script.repository))
        #expect(observation.isGone(old))
        #expect(!observation.isAnswered(elsewhere))
        #expect(observation.coverage.gaps.isEmpty)
    }

    @Test(arguments: ["ListImages", "DescribeRepositories"])
    func `tags that could not be listed are unseen, all of them`(operation: String) async throws {
        let observation = try await Script().failing(operation).walk(known: [old, elsewhere])
        #expect(!observation.isAnswered(old))
        for tag in [old, Script.tag("never-seen")] {
            #expect(observation.coverage.gaps.over(FacetID(tag, "description")) != nil)
        }
        #expect(observation.coverage.gaps.over(FacetID(elsewhere, "description")) == nil)
        #expect(
            observation.gap(operation)?.summary
                == "ecr:\(operation) about \(Script.repository.identity) denied (AccessDenied)"
        )
    }

    @Test(arguments: [
        "DescribeEnvironmentResources", "ListClusters", "ListContainerInstances", "DescribeContainerInstances",
        "ListTasks", "DescribeTasks",
    ])
    func `containers are unseen wherever the way to them breaks`(operation: String) async throws {
        let observation = try await Script().failing(operation).walk(known: [Script.container, Script.repository, old])
        #expect(!observation.isAnswered(Script.container))
        #expect(observation.coverage.gaps.over(FacetID(Script.container, "description")) != nil)
        #expect(observation.coverage.gaps.hidingAny(of: .ecsContainer) != nil)
        // The repository is asked for by its name. Whether the walk would lead to it is unknown.
        #expect(observation.isAnswered(Script.repository))
        #expect(!observation.isAnswered(Script.repository, "reach"))
        #expect(observation.isGone(old))
    }

    @Test func `an answer that is not a list is doubtful`() async throws {
        let observation = try await Script().answering("ListImages", [:]).walk(known: [old])
        #expect(observation.gap("ListImages")?.outcome == .doubtful)
        #expect(!observation.isAnswered(old))
    }

    @Test func `nothing beyond a failed question is gone`() async throws {
        let observation = try await Script().answering("DescribeEnvironmentResources", [:]).walk(known: [stopped])
        #expect(!observation.isAnswered(stopped))
        #expect(observation.coverage.gaps.over(FacetID(stopped, "description")) != nil)
    }

    @Test func `without instances no container runs`() async throws {
        let observation = try await Script().answering(
            "DescribeEnvironmentResources", ["EnvironmentResources": ["Instances": []]]
        ).walk(known: [stopped])
        #expect(observation.isGone(stopped))
        #expect(observation.coverage.gaps.isEmpty)
        #expect(observation.coverage.questions.allSatisfy { $0.service != "ecs" })
    }

    // MARK: Asked once per inputs

    @Test func `only tasks on the environment's own instances count`() async throws {
        let observation = try await Script().walk()
        let listed = observation.coverage.questions.filter { $0.operation == "ListTasks" }
        #expect(Set(listed.map { $0.parameters["cluster"] }) == ["ours"])
        #expect(Set(listed.map { $0.parameters["desiredStatus"] }) == [nil, "STOPPED"] && listed.count == 2)
    }

    @Test func `several answers make one facet`() async throws {
        let observation = try await Script().walk()
        let names = observation.content(Script.role, "RolePolicyList")?.array?.compactMap { $0["PolicyName"]?.string }
        #expect(names == ["bucket", "logs"])
    }

    @Test func `if one of them is denied the facet is unseen`() async throws {
        let observation = try await Script().with("GetRolePolicy") { parameters in
            parameters["PolicyName"] == "logs"
                ? .failure(AWSError(reason: .denied, code: "AccessDenied", message: "no"))
                : .success([
                    "PolicyName": parameters["PolicyName"] ?? .null, "PolicyDocument": ["Version": "2012-10-17"],
                ])
        }.walk()
        #expect(!observation.isAnswered(Script.role, "RolePolicyList"))
        #expect(observation.gap("GetRolePolicy")?.question.parameters["PolicyName"] == "logs")
        #expect(observation.isAnswered(Script.role, "AttachedManagedPolicies"))
    }

    @Test func `an answer that it no longer exists is left out of the facet`() async throws {
        let observation = try await Script().with("GetRolePolicy") { parameters in
            parameters["PolicyName"] == "logs"
                ? .failure(AWSError(reason: .rejected, code: "NoSuchEntity", message: "no"))
                : .success([
                    "PolicyName": parameters["PolicyName"] ?? .null, "PolicyDocument": ["Version": "2012-10-17"],
                ])
        }.walk()
        #expect(
            observation.content(Script.role, "RolePolicyList") == [
                ["PolicyName": "bucket", "PolicyDocument": ["Version": "2012-10-17"]]
            ])
        #expect(observation.coverage.gaps.isEmpty)
    }

    @Test func `a role without inline policies has none, without a question`() async throws {
        let observation = try await Script().answering("ListRolePolicies", ["PolicyNames": []]).walk()
        #expect(observation.content(Script.role, "RolePolicyList") == [])
        #expect(observation.coverage.questions.allSatisfy { $0.operation != "GetRolePolicy" })
    }

    // MARK: Elsewhere

    @Test func `a repository of another account and region is requested there`() async throws {
        let image = "999999999999.dkr.ecr.eu-west-1.amazonaws.com/team/base:v1"
        let observation = try await Script().with("DescribeTasks") { parameters in
            let tasks = parameters["tasks"]?.array?.map { arn in
                JSON.object(["taskArn": arn, "containers": [["name": "django", "image": .string(image)]]])
            }
            return .success(["tasks": .array(tasks ?? [])])
        }.walk()
        let asked = observation.coverage.questions.first { $0.operation == "DescribeRepositories" }
        #expect(asked?.region == "eu-west-1")
        #expect(asked?.parameters == ["registryId": "999999999999", "repositoryNames": ["team/base"]])
    }

    @Test func `thousands of tasks are described a hundred at a time`() async throws {
        let arns = (0..<250).map { JSON.string("task-\($0)") }
        let observation = try await Script().answering("ListTasks", ["taskArns": .array(arns)]).walk()
        let described = observation.coverage.questions.filter { $0.operation == "DescribeTasks" }
        #expect(described.compactMap { $0.parameters["tasks"]?.array?.count }.sorted() == [50, 100, 100])
        #expect(observation.isAnswered(Script.container))
    }
}
