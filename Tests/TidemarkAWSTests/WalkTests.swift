import AWSClient
import StrictJSON
import Synchronization
import Testing
import Tidemark
import TidemarkKinds

@testable import TidemarkAWS

struct WalkTests {
    // MARK: The whole stack

    @Test func `one name gives the whole stack`() async throws {
        let observation = try await Script().walk()

        #expect(observation.coverage.gaps.isEmpty)
        #expect(Set(observation.coverage.questions.map(\.operation)) == Set(Script().answers.keys))
        #expect(
            Set(observation.facets.keys.map(\.resource)) == [
                Script.environment, Script.database, Script.instanceGroup, Script.databaseGroup, Script.container,
                Script.autoScalingGroup, Script.instance, Script.subnet, Script.vpc, Script.routeTable,
                ResourceID(.ecsContainer, "redis"), Script.repository, Script.tag("v9"), Script.tag("v10"),
                Script.role, Script.serviceRole, Script.profile, Script.policy, Script.cluster, Script.definition,
                Script.image, Script.alarm, Script.logGroup, Script.application, Script.version, Script.bundle,
                Script.bundleBucket, ScriptedImage.resource,
            ])
        #expect(
            observation.facets.keys.filter { $0.name == Snapshot.reach }.allSatisfy {
                observation.content($0.resource, "reach")?["reached"] == true
            })
        #expect(observation.binding.ebEnvironmentID == "e-abc")
        #expect(observation.isSettled)
        #expect(observation.failures.isEmpty)
    }

    @Test func `the longest chain begins and ends with the environment`() async throws {
        let chain = [
            "DescribeEnvironments", "DescribeEnvironmentResources", "ListClusters", "ListContainerInstances",
            "DescribeContainerInstances", "ListTasks", "DescribeTasks", "DescribeRepositories", "ListImages",
            "DescribeEnvironments",
        ]
        #expect(try await Script().walk().statistics.longestChain == chain.count)
    }

    @Test func `volatile values are readings, not parts of the description`() async throws {
        let observation = try await Script().walk()
        #expect(
            observation.readings.map { "\($0.resource.identity) \($0.name) \($0.value.scalarText ?? "")" } == [
                "awseb-group DesiredCapacity 1", "database-cpu StateValue OK", "i-1 State.Name running",
                "ours status ACTIVE", "django tasks ", "redis tasks ",
                "antenna-prod Health Green", "antenna-prod Status Ready", "antenna-prod deployments ",
                "antenna-postgres DBInstanceStatus available",
            ])
        #expect(observation.content(Script.environment)?["Status"] == nil)
    }

    @Test func `the deployment of each instance is a reading, and unknown without enhanced health`() async throws {
        func deployments(_ observation: EnvironmentObservation) -> JSON? {
            observation.readings.first { $0.name == "deployments" }?.value
        }
        let deployment: JSON = ["DeploymentId": 7, "VersionLabel": "v10", "Status": "Deployed"]
        #expect(try await deployments(Script().walk()) == ["i-1": deployment])
        let basic = try await Script().failing(
            "DescribeInstancesHealth", .rejected, code: "InvalidRequestException"
        ).walk()
        #expect(deployments(basic) == nil && basic.coverage.gaps.isEmpty)
        let denied = try await Script().failing("DescribeInstancesHealth", .denied, code: "AccessDenied").walk()
        #expect(denied.gap("DescribeInstancesHealth")?.facets == [])
    }

    @Test func `how tasks ended is a reading, and hides no container if it is unknown`() async throws {
        let script = Script().with("ListTasks") { parameters in
            let isStopped = parameters["desiredStatus"] == "STOPPED"
            return .success(["taskArns": [isStopped ? "old" : "new"]])
        }.with("DescribeTasks") { parameters in
            let arn = parameters["tasks"]?.array?.first ?? .null
            return .success(["tasks": .array([arn].map(Script.task))])
        }
        let observation = try await script.walk()
        let stopped = observation.readings.filter { $0.name == "stoppedTasks" }
        #expect(stopped.map(\.resource.identity) == ["django", "redis"])
        #expect(stopped.first?.value["old"]?["image"]?.string == "\(Script.registry)/antenna-backend:v10")
        let blind = try await script.with("ListTasks") { parameters in
            parameters["desiredStatus"] == "STOPPED"
                ? .failure(AWSError(reason: .denied, code: "AccessDenied", message: ""))
                : .success(["taskArns": ["new"]])
        }.walk()
        #expect(blind.content(Script.container) == observation.content(Script.container))
        #expect(
            !blind.coverage.gaps.isEmpty && blind.coverage.gaps.allSatisfy { $0.kinds.isEmpty && $0.members.isEmpty })
    }

    @Test func `a question is asked once, however many leads lead to it`() async throws {
        let both: JSON = [
            "Reservations": [
                ["Instances": [["InstanceId": "i-1", "SecurityGroups": [["GroupId": "sg-0b"], ["GroupId": "sg-0b"]]]]]
            ]
        ]
        let observation = try await Script().answering("DescribeInstances", both).walk()
        #expect(observation.coverage.questions.filter { $0.operation == "DescribeSecurityGroups" }.count == 1)
    }

    // MARK: Secrets

    @Test func `no secret is stored`() async throws {
        let key = try FingerprintKey(Array(repeating: 1, count: 32))
        let pending: JSON = ["DeploymentStatus": "pending", "OptionSettings": .array(Script.settings)]
        let deployed: JSON = ["DeploymentStatus": "deployed", "OptionSettings": .array(Script.settings)]
        let observation = try await Script().answering(
            "DescribeConfigurationSettings", ["ConfigurationSettings": [pending, deployed]]
        )
        .walk(key: key)

        #expect(!observation.stored.contains("hunter"))
        #expect(
            observation.stored.contains("REDACTED@antenna-postgres.c9akciq32rpl.us-west-2.rds.amazonaws.com:5432/a"))
        #expect(
            Set(observation.fingerprints.map(\.location.facet.resource)) == [
                Script.environment, Script.database, Script.definition, Script.bundle,
            ])
    }

    // MARK: Secrets in names

    private static let url = "https://user:\(Script.secret)@host/a"

    @Test func `a secret in a resource's name is not stored, and the resource is not asked for`() async throws {
        let environment: JSON = [
            "EnvironmentName": "antenna-prod", "EnvironmentId": "e-abc", "Status": "Ready",
            "ApplicationName": .string(Self.url),
        ]
        let observation = try await Script().answering("DescribeEnvironments", ["Environments": [environment]]).walk()

        #expect(!observation.stored.contains(Script.secret))
        let gaps = observation.coverage.gaps.filter { $0.reason == .secretInName }
        #expect(Set(gaps.map(\.question.operation)).contains("DescribeApplications"))
        #expect(gaps.allSatisfy { $0.outcome == .unreached })
    }

    @Test func `a secret in the name of a listed resource is not stored`() async throws {
        let alarm = Script.alarm(Self.url, "DBInstanceIdentifier", Script.database.identity)
        let observation = try await Script().answering("DescribeAlarms", ["MetricAlarms": [alarm]]).walk()

        #expect(!observation.stored.contains(Script.secret))
        #expect(observation.content(ResourceID(.cloudWatchAlarm, "https://REDACTED@host/a")) != nil)
    }

    @Test func `two names that differ only in a secret are doubtful`() async throws {
        let alarms = ["1", "2"].map { number in
            Script.alarm(
                "https://user:\(Script.secret)\(number)@host/a", "DBInstanceIdentifier", Script.database.identity)
        }
        let observation = try await Script().answering("DescribeAlarms", ["MetricAlarms": .array(alarms)]).walk()

        #expect(!observation.stored.contains(Script.secret))
        #expect(observation.gap("DescribeAlarms")?.outcome == .doubtful)
    }

    @Test func `a secret in a status or in an error is not stored`() async throws {
        let environment: JSON = [
            "EnvironmentName": "antenna-prod", "EnvironmentId": "e-abc", "Status": .string(Self.url),
        ]
        let observation = try await Script().answering("DescribeEnvironments", ["Environments": [environment]])
            .with("DescribeVpcs") { _ in .failure(AWSError(reason: .rejected, code: "Wrong", message: Self.url)) }
            .walk()

        #expect(!observation.stored.contains(Script.secret))
        #expect(
            observation.gap("DescribeVpcs")?.reason == .call(.aws(code: "Wrong", message: "https://REDACTED@host/a")))
        #expect(observation.unsettled == [.environmentStatus("https://REDACTED@host/a")])
    }

    @Test func `without a key there are no fingerprints`() async throws {
        let observation = try await Script().walk()
        #expect(observation.fingerprints.isEmpty)
        #expect(observation.keyID == nil)
    }

    @Test func `a name that was declared plain is kept, and makes another decoder`() async throws {
        let names = PropertyNames(declaredPlain: ["UNHEARD_OF"])
        let (plain, redacted) = try await (Script().walk(names: names), Script().walk())

        #expect(plain.content(Script.environment, "OptionSettings")?.canonical.contains(Script.secret) == true)
        #expect(plain.decoders[Script.environment.kind] != redacted.decoders[Script.environment.kind])
    }

    // MARK: Coverage

    @Test(
        arguments: [
            ("DescribeConfigurationSettings", [FacetID(Script.environment, "OptionSettings")]),
            ("DescribeEnvironmentResources", [FacetID(Script.environment, "EnvironmentResources")]),
            ("GetInstanceProfile", [FacetID(Script.profile, "description")]),
            ("GetRole", [FacetID(Script.role, "description"), FacetID(Script.serviceRole, "description")]),
            ("DescribeInstances", [FacetID(Script.instance, "description")]),
            ("DescribeAutoScalingGroups", [FacetID(Script.autoScalingGroup, "description")]),
            ("DescribeSubnets", [FacetID(Script.subnet, "description")]),
            ("DescribeVpcs", [FacetID(Script.vpc, "description")]),
            ("DescribeDBInstances", [FacetID(Script.database, "description")]),
            ("GetPolicyVersion", [FacetID(Script.policy, "PolicyVersion")]),
            ("DescribeClusters", [FacetID(Script.cluster, "description")]),
            ("GetLifecyclePolicy", [FacetID(Script.repository, "lifecyclePolicyText")]),
            ("GetRepositoryPolicy", [FacetID(Script.repository, "policyText")]),
            (
                "DescribeSecurityGroups",
                [FacetID(Script.databaseGroup, "description"), FacetID(Script.instanceGroup, "description")]
            ),
        ] as [(String, Set<FacetID>)])
    func `a denied question leaves its facets unseen and the rest recorded`(
        operation: String, facets: Set<FacetID>
    ) async throws {
        let observation = try await Script().failing(operation).walk()
        let denied = observation.coverage.gaps.filter { $0.question.operation == operation }
        let kinds = KindRegistry.all
        let definition = try #require(kinds.definitions.first { $0.questions.contains { $0.operation == operation } })
        let question = try #require(definition.questions.first { $0.operation == operation })

        #expect(!denied.isEmpty)
        #expect(denied.allSatisfy { $0.outcome == .denied && $0.code == "AccessDenied" })
        #expect(Set(denied.flatMap(\.facets).filter { !$0.isDerived }) == facets)
        #expect(denied.allSatisfy { $0.kinds == kinds.kindsBeyond(question.leads, of: definition) })
        #expect(facets.allSatisfy { !observation.facets.keys.contains($0) })
        #expect(observation.content(Script.environment)?["VersionLabel"] == "v10")
    }

    @Test(arguments: [AWSError.Reason.throttled, .unavailable, .malformed, .rejected, .credentials])
    func `a question that failed otherwise leaves its facets unseen too`(kind: AWSError.Reason) async throws {
        let observation = try await Script().failing("DescribeDBInstances", kind, code: nil).walk()
        #expect(observation.gap("DescribeDBInstances")?.outcome == .failed)
        #expect(!observation.isAnswered(Script.database))
        #expect(observation.coverage.gaps.count == 1)
    }

    @Test func `a question that is not asked because another one failed is unreached`() async throws {
        let observation = try await Script().failing("DescribeEnvironmentResources").walk()
        let unreached = observation.gap("DescribeContainerInstances")

        #expect(unreached?.outcome == .unreached)
        #expect(unreached?.kinds.contains(.ecsCluster) == true)
        #expect(unreached?.reason == .unanswered("elasticbeanstalk:DescribeEnvironmentResources"))
        #expect(observation.coverage.questions.allSatisfy { $0.service != "ecs" })
        // The role is still found through the option settings.
        #expect(observation.isAnswered(Script.role))
        #expect(!observation.isAnswered(Script.instance))
    }

    @Test(arguments: ["DBInstanceNotFound", "DBInstanceNotFoundFault"])
    func `a database that does not exist is gone, which is an answer`(code: String) async throws {
        let observation = try await Script().failing("DescribeDBInstances", .rejected, code: code).walk(known: [
            Script.database
        ])
        #expect(observation.isGone(Script.database))
        #expect(observation.content(Script.database, "reach") == Snapshot.tombstone(wasSeen: true))
        #expect(observation.isGone(Script.database, "incarnation"))
        #expect(observation.coverage.gaps.isEmpty)
    }

    @Test func `what distinguishes a resource from a later one of its name is a facet`() async throws {
        #expect(try await Script().walk().content(Script.environment, "incarnation") == "e-abc")
        let script = Script().answering(
            "DescribeDBInstances",
            ["DBInstances": [["DBInstanceIdentifier": "antenna-postgres", "DbiResourceId": "db-A"]]])
        #expect(try await script.walk().content(Script.database, "incarnation") == "db-A")
        #expect(
            try await Script().failing("DescribeDBInstances").walk().isAnswered(Script.database, "incarnation") == false
        )
    }

    @Test func `an empty answer is doubtful`() async throws {
        let observation = try await Script().answering("DescribeDBInstances", ["DBInstances": []]).walk()
        #expect(observation.gap("DescribeDBInstances")?.outcome == .doubtful)
        #expect(observation.gap("DescribeDBInstances")?.facets == [FacetID(Script.database, "description")])
        #expect(!observation.isAnswered(Script.database))
    }

    @Test func `an answer about another resource is doubtful`() async throws {
        let observation = try await Script().answering(
            "DescribeDBInstances", ["DBInstances": [["DBInstanceIdentifier": "other"]]]
        ).walk()
        #expect(observation.gap("DescribeDBInstances")?.outcome == .doubtful)
    }

    @Test func `an error's text cannot redraw a terminal`() async throws {
        let observation = try await Script().with("DescribeDBInstances") { _ in
            .failure(AWSError(reason: .denied, code: "AccessDenied", message: "no\u{1B}[2J\nno"))
        }.walk()
        #expect(observation.gap("DescribeDBInstances")?.reason.sentence == "no\\u{1b}[2J\\u{a}no")
    }

    // MARK: The anchor

    @Test func `an environment that does not exist ends the walk`() async {
        let failure = await #expect(throws: Failure.self) {
            try await Script().answering("DescribeEnvironments", ["Environments": []]).walk()
        }
        #expect(failure?.code == .notFound)
        #expect(failure?.what == "no Elastic Beanstalk environment 'antenna-prod'")
    }

    @Test func `an environment that the caller may not describe ends the walk`() async {
        let failure = await #expect(throws: Failure.self) { try await Script().failing("DescribeEnvironments").walk() }
        #expect(failure?.code == .unavailable)
        #expect(failure?.why == "AccessDenied: not allowed")
    }

    @Test func `an environment whose name only begins the same is another one`() async {
        let answer: JSON = ["Environments": [["EnvironmentName": "antenna-prod2", "ApplicationName": "antenna"]]]
        await #expect(throws: Failure.self) { try await Script().answering("DescribeEnvironments", answer).walk() }
    }

    // MARK: Status

    /// The description of the environment at the first time, and after that.
    private func environment(_ first: JSON, then last: Result<JSON, AWSError>) -> Script {
        let asked = Mutex(0)
        return Script().with("DescribeEnvironments") { _ in
            let count = asked.withLock { count in
                count += 1
                return count
            }
            return count == 1 ? .success(["Environments": [first]]) : last
        }
    }

    private static let atFirst: JSON = [
        "EnvironmentName": "antenna-prod", "EnvironmentId": "e-abc", "ApplicationName": "antenna", "Status": "Ready",
        "VersionLabel": "v10", "DateUpdated": "2026-11-23T20:40:43Z", "Health": "Green",
        "PlatformArn": "arn:aws:elasticbeanstalk:us-west-2::platform/ECS/3.5.0",
    ]

    @Test(
        arguments: [
            ("Health", "Red", []), ("VersionLabel", "v11", [.changedDuringWalk]),
            ("DateUpdated", "2026-11-23T20:41:00Z", [.changedDuringWalk]),
            ("Status", "Updating", [.environmentStatus("Updating")]),
        ] as [(String, JSON, [UnsettledReason])])
    func `an environment that changes during the walk is unsettled`(
        member: String, value: JSON, unsettled: [UnsettledReason]
    ) async throws {
        var last = try #require(Self.atFirst.object)
        last[member] = value
        let script = environment(Self.atFirst, then: .success(["Environments": [.object(last)]]))
        #expect(try await script.walk().unsettled == unsettled)
    }

    @Test func `an environment that cannot be described again is unsettled`() async throws {
        let script = environment(
            Self.atFirst, then: .failure(AWSError(reason: .throttled, code: "Throttling", message: "slow down")))
        let observation = try await script.walk()
        #expect(observation.unsettled == [.changeUnknown(.aws(code: "Throttling", message: "slow down"))])
        #expect(observation.coverage.gaps.isEmpty)
    }

    @Test func `an environment without its configuration settings is unsettled`() async throws {
        let observation = try await Script().failing("DescribeConfigurationSettings").walk()
        #expect(observation.unsettled == [.configurationUnknown])
    }

    @Test func `an environment that is being updated is unsettled`() async throws {
        let updating: JSON = [
            "Environments": [["EnvironmentName": "antenna-prod", "ApplicationName": "antenna", "Status": "Updating"]]
        ]
        let observation = try await Script().answering("DescribeEnvironments", updating).walk()
        #expect(observation.unsettled == [.environmentStatus("Updating")])
    }

    @Test func `a configuration that could not be applied is a failure`() async throws {
        let failed: JSON = [
            "ConfigurationSettings": [
                ["DeploymentStatus": "failed", "OptionSettings": []],
                ["DeploymentStatus": "deployed", "OptionSettings": []],
            ]
        ]
        let observation = try await Script().answering("DescribeConfigurationSettings", failed).walk()
        #expect(observation.failures == [.configurationFailed])
        #expect(observation.isSettled)
    }

    // MARK: Known from before

    private let old = ResourceID(.rdsDBInstance, "old")

    @Test func `a known resource that nothing leads to is asked for by identity`() async throws {
        let observation = try await Script().walk(known: [old, Script.database])
        #expect(observation.content(old)?["DBInstanceIdentifier"] == "old")
        #expect(observation.content(old, "reach") == ["reached": false])
        #expect(observation.content(Script.database, "reach") == ["reached": true])
    }

    @Test func `a known resource has no leads`() async throws {
        let observation = try await Script().with("DescribeDBInstances") { parameters in
            let identity = parameters["DBInstanceIdentifier"] ?? .null
            return .success([
                "DBInstances": [
                    ["DBInstanceIdentifier": identity, "VpcSecurityGroups": [["VpcSecurityGroupId": identity]]]
                ]
            ])
        }.walk(known: [old])
        #expect(observation.isAnswered(ResourceID(.ec2SecurityGroup, "antenna-postgres")))
        #expect(!observation.isAnswered(ResourceID(.ec2SecurityGroup, "old")))
    }

    @Test func `a known resource that no longer exists is gone`() async throws {
        let observation = try await Script().with("DescribeDBInstances") { parameters in
            parameters["DBInstanceIdentifier"] == "old"
                ? .failure(AWSError(reason: .rejected, code: "DBInstanceNotFound", message: "gone"))
                : Script().answers["DescribeDBInstances"]?(parameters) ?? .success(.null)
        }.walk(known: [old])
        #expect(observation.isGone(old))
        #expect(observation.content(old, "reach") == Snapshot.tombstone(wasSeen: true))
    }

    @Test func `the reach of a known resource is unseen if a question that leads there failed`() async throws {
        let observation = try await Script().failing("DescribeConfigurationSettings").walk(known: [old])
        #expect(observation.isAnswered(old))
        #expect(!observation.isAnswered(old, "reach"))
        #expect(observation.gap("DescribeConfigurationSettings")?.facets.contains(FacetID(old, "reach")) == true)
    }

    @Test func `nothing is recorded about a resource that was never seen and is denied`() async throws {
        let denied = try await Script().failing("DescribeDBInstances").walk()
        #expect(!denied.facets.keys.contains { $0.resource == Script.database })
        #expect(denied.coverage.gaps.over(FacetID(Script.database, Snapshot.description)) != nil)

        let known = try await Script().failing("DescribeDBInstances").walk(known: [Script.database])
        #expect(known.content(Script.database, "reach") == ["reached": true])
    }

    @Test func `a resource that is seen in part is reached, though it was not described`() async throws {
        let observation = try await Script().failing("GetRole").walk()
        #expect(observation.content(Script.role, "reach") == ["reached": true])
        #expect(!observation.isAnswered(Script.role))
    }

    @Test func `a known resource of an unknown kind is ignored`() async throws {
        let strange = ResourceID(Kind(rawValue: "lambda.function"), "resize")
        let observation = try await Script().walk(known: [strange])
        #expect(observation.facets.keys.allSatisfy { $0.resource != strange })
        #expect(observation.coverage.gaps.isEmpty)
    }

    // MARK: The order of answers

    @Test(arguments: 0..<24)
    func `nothing depends on which answer comes first`(seed: Int) async throws {
        let script = Script().failing("DescribeInstances").failing("DescribeDBInstances")
        let key = try FingerprintKey(Array(repeating: 1, count: 32))
        let known: Set<ResourceID> = [old, Script.instanceGroup]
        let expected = try await script.walk(known: known, key: key).stored

        let observation = try await script.walk(known: known, key: key) { question in
            // Each seed delays the operations in another order.
            let rank = (question.operation.utf8.reduce(seed * 7) { ($0 &* 31 &+ Int($1)) & 0xFFFF }) % 7
            for _ in 0..<rank * 20 { await Task.yield() }
        }
        #expect(observation.stored == expected)
    }

    @Test(arguments: ["DescribeInstances", "DescribeConfigurationSettings"])
    func `which of two failed questions hides a resource's reach does not depend on which failed first`(
        last: String
    ) async throws {
        let script = Script().failing("DescribeInstances").failing("DescribeConfigurationSettings")
        let observation = try await script.walk(known: [Script.databaseGroup]) { question in
            guard question.operation == last else { return }
            for _ in 0..<2000 { await Task.yield() }
        }
        let hiding = observation.coverage.gaps.filter { $0.facets.contains(FacetID(Script.databaseGroup, "reach")) }
        #expect(hiding.map(\.question.operation) == ["DescribeInstances"])
    }
}
