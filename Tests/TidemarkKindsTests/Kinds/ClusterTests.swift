import StrictJSON
import Testing
import TidemarkTestSupport

@testable import Tidemark
@testable import TidemarkKinds

struct ClusterTests {
    private let kind = KindDefinition.ecsCluster
    private let cluster = ResourceID(.ecsCluster, "awseb-antenna")

    @Test(
        arguments: [
            (["clusters": [["clusterName": "awseb-antenna", "status": "ACTIVE"]]], false),
            (["clusters": [["clusterName": "awseb-antenna", "status": "INACTIVE"]]], true),
            (["clusters": [], "failures": [["arn": "awseb-antenna", "reason": "MISSING"]]], true),
            // Not a word of its being gone.
            (["clusters": [], "failures": []], false), ([:], false),
        ] as [(JSON, Bool)])
    func `a deleted cluster is inactive, and then missing`(answer: JSON, isGone: Bool) throws {
        let question = try #require(kind.question("cluster"))
        #expect(question.isGone(question.read(Stack.answer(answer, about: "awseb-antenna"))) == isGone)
    }

    @Test func `counts of running tasks are not part of a cluster`() throws {
        let facet = try #require(kind.facet("description"))
        let content: JSON = [
            "clusterName": "awseb-antenna", "status": "ACTIVE", "runningTasksCount": 1, "pendingTasksCount": 0,
            "registeredContainerInstancesCount": 1, "activeServicesCount": 0,
            "settings": [["name": "containerInsights", "value": "enhanced"]],
        ]
        let read = facet.read(content, names: PropertyNames()).content
        #expect(
            read == [
                "clusterName": "awseb-antenna", "settings": [["name": "containerInsights", "value": "enhanced"]],
            ])
        #expect(try SnapshotView.of([cluster.described: read]).seen("container-insights", of: cluster) == "enhanced")
    }

    @Test func `only the cluster of the environment's own instances counts`() throws {
        let question = try #require(KindDefinition.ecsContainer.question("container-instances"))
        let prefix = "arn:aws:ecs:us-west-2:123456789012:cluster/"
        func inputs(_ name: String) -> QuestionInputs {
            ["cluster": .string(prefix + name), "instances": ["i-1"]]
        }
        let answer = Answer(
            [
                ["containerInstances": [["ec2InstanceId": "i-9", "containerInstanceArn": "a"]]],
                ["containerInstances": [["ec2InstanceId": "i-1", "containerInstanceArn": "b"]]],
            ], identity: "antenna", place: AccountRegion(partition: "aws", account: "1", region: "r"),
            inputs: [inputs("other"), inputs("awseb-antenna")])
        #expect(question.identities(of: .ecsCluster, in: answer) == ["awseb-antenna"])
        #expect(question.linkKeys(of: .cloudWatchAlarm, in: answer) == [LinkKey("ClusterName", "awseb-antenna")])
    }

    @Test(arguments: [
        ("awseb-antenna-60uxar9yqs", "django"), ("awseb-antenna-another00001", "django"), ("oneoff", "oneoff/django"),
        ("awseb-antenna-staging-60uxar9yqs", "awseb-antenna-staging-60uxar9yqs/django"),
    ])
    func `a container is known by its name in the environment's own family, and with the family in any other`(
        family: String, identity: String
    ) throws {
        let members = try #require(KindDefinition.ecsContainer.question("tasks")?.members)
        let arn = "arn:aws:ecs:us-west-2:123456789012:task-definition/\(family):1"
        let tasks: JSON = [
            "tasks": [["taskDefinitionArn": .string(arn), "containers": [["name": "django", "image": "python:3.12"]]]]
        ]
        let answer = Answer(
            [tasks], identity: "antenna", place: AccountRegion(partition: "aws", account: "1", region: "r"),
            inputs: [["environment": "antenna"]])
        let found = try #require(try members.find(answer))
        #expect(found.map(\.identity) == [identity])
        // Its definition is found by the name.
        let container = ResourceID(.ecsContainer, identity)
        let definition = ResourceID(.ecsTaskDefinition, family)
        let snapshot = try SnapshotView.of([
            container.described: found[0].content,
            definition.described: ["containerDefinitions": [["name": "django", "memory": 64]]],
        ])
        #expect(snapshot.seen("memory", of: container) == 64)
    }
}
