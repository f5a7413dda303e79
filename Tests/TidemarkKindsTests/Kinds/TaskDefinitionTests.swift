import StrictJSON
import Testing
import TidemarkTestSupport

@testable import Tidemark
@testable import TidemarkKinds

struct TaskDefinitionTests {
    private let kind = KindDefinition.ecsTaskDefinition
    private let definition = ResourceID(.ecsTaskDefinition, "antenna")
    private let container = ResourceID(.ecsContainer, "django")

    private static func definition(_ revision: Int, _ containers: JSON = [], family: String = "antenna") -> JSON {
        [
            "taskDefinition": [
                "family": .string(family), "revision": JSON(revision), "containerDefinitions": containers,
            ]
        ]
    }

    private func answers(_ answers: JSON...) -> Answer {
        Answer(
            .array(answers), identity: "antenna-prod",
            place: AccountRegion(partition: "aws", account: "123456789012", region: "us-west-2"),
            inputs: answers.map { _ in [:] })
    }

    // MARK: Revisions

    @Test func `the newest of several revisions in use is the description`() throws {
        let find = try #require(kind.members).find
        let found = try find(answers(Self.definition(9), Self.definition(11), Self.definition(10)))
        #expect(found?.map(\.identity) == ["antenna"])
        #expect(found?.first?.content["revision"] == 11)
        #expect(try find(answers(Self.definition(1), Self.definition(1, family: "b")))?.count == 2)
        #expect(try find(answers(Self.definition(1), [:])) == nil)
    }

    @Test func `each definition is asked for once, however many tasks are of it`() throws {
        let tasks: JSON = [
            "tasks": [["taskDefinitionArn": "b:2"], ["taskDefinitionArn": "a:1"], ["taskDefinitionArn": "b:2"]]
        ]
        let question = try #require(KindDefinition.ecsContainer.question("tasks"))
        #expect(
            question.inputs(ofMembers: kind.kind, in: answers(tasks, tasks))
                == [["taskDefinition": "a:1"], ["taskDefinition": "b:2"]])
    }

    // MARK: Secrets

    @Test func `what may hold a secret is redacted, and what is checked stays`() throws {
        let facet = try #require(kind.facet("description"))
        let given: JSON = [
            "containerDefinitions": [
                [
                    "name": "django", "command": ["/start", "--key=hunter2"], "entryPoint": [], "essential": true,
                    "dockerLabels": ["auth": "hunter2"],
                    "healthCheck": ["command": ["CMD", "hunter2"], "interval": 30],
                    "environment": [
                        ["name": "EB_HEALTHCHECK", "value": "False"], ["name": "TOKEN", "value": "hunter2"],
                        ["name": "DATABASE_URL", "value": "postgres://u:hunter2@db.example:5432/a"],
                    ],
                    "secrets": [["name": "PASSWORD", "valueFrom": "arn:aws:ssm:us-west-2:123456789012:parameter/p"]],
                    "portMappings": [["containerPort": 5000, "hostPort": 80, "protocol": "tcp"]],
                    "logConfiguration": ["logDriver": "splunk", "options": ["splunk-token": "hunter2"]],
                ]
            ],
            "volumes": [["name": "nfs", "dockerVolumeConfiguration": ["driverOpts": ["o": "password=hunter2"]]]],
        ]
        let redacted: JSON = ["redacted": true]
        #expect(
            facet.read(given, names: PropertyNames()).content == [
                "containerDefinitions": [
                    [
                        "name": "django", "command": redacted, "essential": true, "dockerLabels": redacted,
                        "healthCheck": ["command": redacted, "interval": 30],
                        "environment": [
                            ["name": "DATABASE_URL", "value": "postgres://REDACTED@db.example:5432/a"],
                            ["name": "EB_HEALTHCHECK", "value": "False"], ["name": "TOKEN", "value": redacted],
                        ],
                        "secrets": [
                            ["name": "PASSWORD", "valueFrom": "arn:aws:ssm:us-west-2:123456789012:parameter/p"]
                        ],
                        "portMappings": [["containerPort": 5000, "hostPort": 80, "protocol": "tcp"]],
                        "logConfiguration": ["logDriver": "splunk", "options": redacted],
                    ]
                ],
                "volumes": [["name": "nfs", "dockerVolumeConfiguration": ["driverOpts": redacted]]],
            ])
    }

    @Test func `the destination of its logs stays readable`() throws {
        let facet = try #require(kind.facet("description"))
        let given: JSON = [
            "containerDefinitions": [
                ["logConfiguration": ["logDriver": "awslogs", "options": ["awslogs-group": "/antenna"]]]
            ]
        ]
        #expect(facet.read(given, names: PropertyNames()).content == given)
    }

    @Test(
        arguments: [
            ("logConfiguration", ["logDriver": "splunk", "options": ["splunk-url": "https://splunk.example"]]),
            (
                "logConfiguration",
                ["logDriver": "awslogs", "options": ["awslogs-group": "/antenna", "x-token": "hunter2"]]
            ),
            ("logConfiguration", ["logDriver": "awsfirelens", "options": ["Name": "http", "Header": "X hunter2"]]),
            ("logConfiguration", ["options": ["awslogs-group": "/antenna"]]),
            ("firelensConfiguration", ["type": "fluentbit", "options": ["token": "hunter2"]]),
            ("firelensConfiguration", ["options": ["config-file-value": "arn:aws:s3:::b/f", "token": "hunter2"]]),
        ] as [(String, JSON)])
    func `options that are not known to be harmless are redacted`(member: String, configuration: JSON) throws {
        let facet = try #require(kind.facet("description"))
        let given: JSON = ["containerDefinitions": [[.init(member): configuration]]]
        let stored = facet.read(given, names: PropertyNames()).content
        #expect(stored.elements("containerDefinitions").first?[member]?["options"] == Redacted.value)
    }

    @Test func `the location of a log router's configuration stays readable`() throws {
        let facet = try #require(kind.facet("description"))
        let options: JSON = [
            "enable-ecs-log-metadata": "true", "config-file-type": "s3",
            "config-file-value": "arn:aws:s3:::logs/router.conf",
        ]
        let given: JSON = ["containerDefinitions": [["firelensConfiguration": ["options": options]]]]
        #expect(facet.read(given, names: PropertyNames()).content == given)
    }

    // MARK: Leads

    @Test func `it leads to its roles, its secrets and the databases that its variables name`() throws {
        let secret = "arn:aws:secretsmanager:us-west-2:123456789012:secret:a-AbCdEf"
        let given: JSON = [
            "taskDefinition": [
                "taskRoleArn": "arn:aws:iam::123456789012:role/service/task", "executionRoleArn": "execution",
                "containerDefinitions": [
                    [
                        "secrets": [["valueFrom": .string("\(secret):key::")]],
                        "repositoryCredentials": ["credentialsParameter": .string("\(secret)2")],
                        "logConfiguration": ["secretOptions": [["valueFrom": .string("\(secret)3")]]],
                        "environment": [["value": "antenna-postgres.c9.us-west-2.rds.amazonaws.com"]],
                    ]
                ],
            ]
        ]
        let question = try #require(kind.question("definition"))
        #expect(question.identities(of: .iamRole, in: answers(given)) == ["task", "execution"])
        #expect(
            question.identities(of: .secretsManagerSecret, in: answers(given)) == [secret, "\(secret)3", "\(secret)2"])
        #expect(question.identities(of: .rdsDBInstance, in: answers(given)) == ["antenna-postgres"])
    }

    // MARK: Facts of the container

    private func snapshot(_ containers: JSON, networkMode: JSON? = nil, gaps: [Gap] = []) throws -> SnapshotView {
        var content = Self.definition(10, containers)["taskDefinition"]?.object ?? [:]
        content["networkMode"] = networkMode
        return try SnapshotView.of(
            [
                container.described: [
                    "tasks": [["taskDefinitionArn": "arn:aws:ecs:us-west-2:123456789012:task-definition/antenna:10"]]
                ],
                definition.described: .object(content),
            ], gaps: gaps)
    }

    private let django: JSON = [
        ["name": "flower", "memory": 512],
        [
            "name": "django", "memory": 2048, "links": ["celeryworker", "celerybeat"],
            "environment": [["name": "POSTGRES_HOST", "value": "db"]], "secrets": [["name": "DJANGO_SECRET_KEY"]],
            "portMappings": [["containerPort": 5000, "hostPort": 80]],
        ],
    ]

    @Test func `a container's facts are those of its own definition`() throws {
        let snapshot = try snapshot(django)
        #expect(snapshot.seen("ports", of: container) == ["80 -> 5000/tcp"])
        #expect(snapshot.seen("memory", of: container) == 2048)
        #expect(snapshot.seen("links", of: container) == ["celerybeat", "celeryworker"])
        #expect(snapshot.seen("environment", of: container) == ["DJANGO_SECRET_KEY", "POSTGRES_HOST"])
        #expect(snapshot.seen("containers", of: definition) == ["django", "flower"])
    }

    @Test(
        arguments: [
            (["containerPort": 5000, "hostPort": 80, "protocol": "tcp"], nil, "80 -> 5000/tcp"),
            (["containerPort": 53, "hostPort": 0, "protocol": "udp"], "bridge", "any -> 53/udp"),
            (["containerPort": 5000], nil, "any -> 5000/tcp"), (["containerPort": 5000], "host", "5000 -> 5000/tcp"),
            (["containerPortRange": "5000-5010"], "awsvpc", "5000-5010 -> 5000-5010/tcp"),
        ] as [(JSON, JSON?, String)])
    func `from where a port is reached`(mapping: JSON, networkMode: JSON?, line: String) throws {
        let snapshot = try snapshot([["name": "django", "portMappings": [mapping]]], networkMode: networkMode)
        #expect(snapshot.seen("ports", of: container) == [.string(line)])
    }

    @Test(arguments: ["ports", "memory", "links", "environment"])
    func `they are unseen where the definition is`(fact: String) throws {
        let gap = Gap.denied("ecs", "DescribeTaskDefinition", facets: [definition.described])
        #expect(try snapshot(django, gaps: [gap]).isUnseen(fact, of: container))
        let alone = try SnapshotView.of([container.described: ["tasks": [["taskDefinitionArn": "antenna:10"]]]])
        #expect(alone.isUnseen(fact, of: container))
    }
}
