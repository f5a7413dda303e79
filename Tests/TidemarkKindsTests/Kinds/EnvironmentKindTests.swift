import StrictJSON
import Testing
import TidemarkTestSupport

@testable import Tidemark
@testable import TidemarkKinds

struct EnvironmentKindTests {
    private let kind = KindDefinition.elasticBeanstalkEnvironment

    private func settings(_ sets: [(String, [JSON])]) -> JSON {
        [
            "ConfigurationSettings": .array(
                sets.map { ["DeploymentStatus": .string($0), "OptionSettings": .array($1)] })
        ]
    }

    @Test func `the description is that of the environment asked for`() throws {
        let answer: JSON = [
            "Environments": [["EnvironmentName": "other"], ["EnvironmentName": "antenna-prod", "CNAME": "c"]]
        ]
        #expect(kind.facet("description")?.content(in: Stack.answer(answer, about: "antenna-prod"))?["CNAME"] == "c")
        #expect(kind.facet("description")?.content(in: Stack.answer(answer, about: "Antenna-Prod")) == nil)
    }

    @Test func `the deployed settings are in force, whichever set comes first`() throws {
        let answer = settings([("pending", [Stack.property("A", "2")]), ("deployed", [Stack.property("A", "1")])])
        #expect(
            kind.facet("OptionSettings")?.content(in: Stack.answer(answer, about: "antenna-prod"))?.array == [
                Stack.property("A", "1")
            ])
        #expect(
            kind.facet("OptionSettings")?.content(in: Stack.answer(settings([("pending", [])]))) == nil)
    }

    @Test func `volatile values are not part of the description`() throws {
        let content: JSON = [
            "Status": "Ready", "Health": "Green", "HealthStatus": "Ok", "AbortableOperationInProgress": false,
            "DateUpdated": "2026-11-23T20:40:43Z", "VersionLabel": "v10",
        ]
        let facet = try #require(kind.facet("description"))
        #expect(facet.read(content, names: PropertyNames()).content == ["VersionLabel": "v10"])
        #expect(facet.readings == ["Status", "Health", "HealthStatus"])
    }

    @Test(
        arguments: [
            (["Environments": [["EnvironmentName": "antenna-prod", "Status": "Ready"]]], []),
            (
                ["Environments": [["EnvironmentName": "antenna-prod", "Status": "Updating"]]],
                [.unsettled(.environmentStatus("Updating"))]
            ),
        ] as [(JSON, [StatusSignal])])
    func `an environment that is not Ready is unsettled`(answer: JSON, statusSignals: [StatusSignal]) throws {
        #expect(try signals("environment", answer) == statusSignals)
    }

    @Test(
        arguments: [
            ("deployed", nil), ("pending", .unsettled(.configurationPending)),
            ("failed", .failed(.configurationFailed)),
        ] as [(String, StatusSignal?)])
    func `a second set of settings is a status signal`(status: String, signal: StatusSignal?) throws {
        let answer = settings([("deployed", []), (status, [])])
        #expect(try signals("settings", answer) == (signal.map { [$0] } ?? []))
    }

    private func signals(_ name: String, _ answer: JSON) throws -> [StatusSignal] {
        let question = try #require(kind.question(name))
        return question.statusSignals(question.read(Stack.answer(answer, about: "antenna-prod")))
    }

    // MARK: Leads

    private func identities(_ question: String, _ answer: JSON, _ kind: Kind) throws -> [String] {
        try self.kind.identities(of: kind, beyond: question, Stack.answer(answer))
    }

    @Test func `the application's name leads to the settings`() throws {
        func inputs(_ environment: JSON) throws -> [QuestionInputs]? {
            let answer = Stack.answer(["Environments": [environment]])
            return try #require(kind.question("environment")).inputs(ofQuestion: "settings", in: answer)
        }
        #expect(
            try inputs(["EnvironmentName": "antenna-prod", "ApplicationName": "antenna"])
                == [["application": "antenna"]])
        #expect(try inputs(["EnvironmentName": "antenna-prod"]) == nil)
    }

    private static let postgres = "antenna-postgres.c9.us-west-2.rds.amazonaws.com"
    private static let redis = "master.antenna-redis.abc123.usw2.cache.amazonaws.com"
    private static let node = "antenna-redis-001.abc123.0001.usw2.cache.amazonaws.com"

    @Test(
        arguments: [
            (
                Stack.property("POSTGRES_HOST", .string(postgres)),
                ["rds.db-instance/antenna-postgres at \(postgres)"]
            ),
            (
                Stack.property("DATABASE_URL", .string("postgres://u:p%40@\(postgres):5432/antenna")),
                ["rds.db-instance/antenna-postgres at \(postgres)"]
            ), (Stack.property("POSTGRES_HOST", "antenna-postgres.c9.eu-west-1.rds.amazonaws.com"), []),
            (Stack.option("aws:rds:dbinstance", "DBEngine", .string(postgres)), []),
            (
                Stack.property("REDIS_URL", .string("rediss://:p@\(redis):6379/0?ssl_cert_reqs=none")),
                ["elasticache.replication-group/antenna-redis at \(redis)"]
            ),
            (
                Stack.property("CACHES", .string("\(node):6379")),
                ["elasticache.cache-cluster/antenna-redis-001 at \(node)"]
            ),
        ] as [(JSON, [String])])
    func `a property that names an endpoint leads to what is there`(option: JSON, found: [String]) throws {
        #expect(try endpoints(settings([("deployed", [option])])) == found)
    }

    @Test func `settings that are not in force have no leads`() throws {
        let option = Stack.property("POSTGRES_HOST", .string(Self.postgres))
        #expect(try endpoints(settings([("pending", [option]), ("deployed", [])])).isEmpty)
    }

    /// `kind/identity at host`.
    private func endpoints(_ answer: JSON) throws -> [String] {
        let question = try #require(kind.question("settings"))
        let answer = question.read(Stack.answer(answer))
        return question.leads.flatMap { lead -> [String] in
            guard case .endpoints(_, let find) = lead else { return [] }
            return (find(answer) ?? []).flatMap { endpoint in
                endpoint.candidates.map { "\($0) at \(endpoint.host)" }
            }
        }
    }

    @Test(
        arguments: [
            ("aws:ec2:vpc", "VPCId", "vpc-1", .ec2VPC, ["vpc-1"]), ("aws:ec2:vpc", "VPCId", "", .ec2VPC, []),
            ("aws:ec2:vpc", "Subnets", "subnet-1,subnet-2", .ec2Subnet, ["subnet-1", "subnet-2"]),
            ("aws:ec2:vpc", "ELBSubnets", "subnet-1, subnet-2", .ec2Subnet, ["subnet-1", "subnet-2"]),
            ("aws:ec2:vpc", "DBSubnets", " subnet-3 ,", .ec2Subnet, ["subnet-3"]),
            (
                "aws:autoscaling:launchconfiguration", "SecurityGroups", "awseb-e-1-stack-Group-1,sg-2",
                .ec2SecurityGroup, ["sg-2"]
            ),
            ("aws:elasticbeanstalk:application:environment", "Subnets", "subnet-1", .ec2Subnet, []),
            // A redacted value has no leads.
            ("aws:ec2:vpc", "VPCId", "vpc-1?token=hunter2", .ec2VPC, []),
            ("aws:ec2:vpc", "Subnets", "subnet-1,hunter2", .ec2Subnet, []),
            ("aws:elasticbeanstalk:environment", "ServiceRole", "role/hunter2?", .iamRole, []),
            ("aws:elasticbeanstalk:environment", "ServiceRole", "path/antenna", .iamRole, ["antenna"]),
        ] as [(String, String, JSON, Kind, [String])])
    func `an option leads to what it names`(
        namespace: String, name: String, value: JSON, kind: Kind, identities: [String]
    ) throws {
        let answer = settings([("deployed", [Stack.option(namespace, name, value)])])
        #expect(try self.identities("settings", answer, kind) == identities)
    }

    @Test(
        arguments: [
            (.autoScalingGroup, ["awseb-group"]), (.ec2Instance, ["i-1", "i-2"]),
            // A Classic Load Balancer has a name instead of an ARN, and is of another kind.
            (.elbv2LoadBalancer, ["arn:aws:elasticloadbalancing:us-west-2:1:loadbalancer/app/awseb/50"]),
        ] as [(Kind, [String])])
    func `the environment's resources are those that it is made of`(kind: Kind, identities: [String]) throws {
        let resources: JSON = [
            "AutoScalingGroups": [["Name": "awseb-group"]], "Instances": [["Id": "i-1"], ["Id": "i-2"]],
            "LoadBalancers": [
                ["Name": "awseb-classic"],
                ["Name": "arn:aws:elasticloadbalancing:us-west-2:1:loadbalancer/app/awseb/50"],
            ],
        ]
        #expect(try self.identities("resources", ["EnvironmentResources": resources], kind) == identities)
        #expect(try self.identities("resources", ["EnvironmentResources": [:]], kind).isEmpty)
    }

    @Test func `a question is asked with its inputs in place`() throws {
        let question = try #require(kind.question("settings"))
        #expect(
            question.filled(with: ["identity": "antenna-prod", "application": "antenna"]).description
                == #"elasticbeanstalk:DescribeConfigurationSettings {"ApplicationName":"antenna","EnvironmentName":"antenna-prod"}"#
        )
    }

    @Test func `an identity that looks like a template is not filled in again`() throws {
        let question = try #require(kind.question("settings"))
        #expect(
            question.filled(with: ["identity": "${application}", "application": "a"]).parameters["EnvironmentName"]
                == "${application}")
    }

    // MARK: Facts

    @Test func `the properties are a fact by name`() throws {
        let options: JSON = [
            Stack.property("EB_HEALTHCHECK", "1"), Stack.property("X", Redacted.value),
            Stack.option("aws:ec2:vpc", "VPCId", "v"),
        ]
        let snapshot = try SnapshotView.of([
            Stack.environment.described: [:], FacetID(Stack.environment, "OptionSettings"): options,
        ])

        #expect(snapshot.seen("properties", of: Stack.environment) == ["EB_HEALTHCHECK": "1", "X": Redacted.value])
        #expect(snapshot.seen("properties.EB_HEALTHCHECK", of: Stack.environment) == "1")
        #expect(snapshot.seen("OptionSettings[aws:ec2:vpc/VPCId].Value", of: Stack.environment) == "v")
    }

    @Test func `the properties are unseen when the settings are, and not when something else is`() throws {
        let settings = FacetID(Stack.environment, "OptionSettings")
        let facets: [FacetID: JSON] = [
            Stack.environment.described: ["CNAME": "c"], settings: [Stack.property("A", "1")],
        ]
        let denied = try SnapshotView.of(
            facets, gaps: [.denied("elasticbeanstalk", "DescribeConfigurationSettings", facets: [settings])])
        let other = try SnapshotView.of(
            facets, gaps: [.denied("elasticbeanstalk", "DescribeEnvironments", facets: [Stack.environment.described])])

        #expect(denied.isUnseen("properties", of: Stack.environment))
        #expect(denied.seen("CNAME", of: Stack.environment) == "c")
        #expect(other.seen("properties", of: Stack.environment) == ["A": "1"])
    }
}
