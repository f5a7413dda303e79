import StrictJSON
import Testing
import Tidemark
import TidemarkKinds
import TidemarkReports

struct ShowReportTests {
    @Test func `a snapshot has a line for each resource`() throws {
        let snapshot = try Stack.snapshot()
        #expect(
            ShowReport(snapshot, resource: nil).text == """
                antenna-production as of 2026-11-23 20:40:43Z (@2)

                  rds.db-instance/antenna-postgres  since @1

                  readings  DBInstanceStatus available
                  seen      1 question, all answered
                  actor     arn:aws:iam::123456789012:user/release-bot
                  root      \(snapshot.body.root)

                """)
    }

    @Test func `a resource is shown whole, with its facts`() throws {
        #expect(
            ShowReport(try Stack.snapshot(), resource: Stack.database).text == """
                antenna-production as of 2026-11-23 20:40:43Z (@2)
                rds.db-instance/antenna-postgres
                since @1

                {
                  "Engine": "postgres",
                  "VpcSecurityGroups": [
                    {
                      "VpcSecurityGroupId": "sg-0a"
                    }
                  ]
                }

                identity         antenna-postgres
                security-groups  sg-0a
                subnet-tier      none
                readings         DBInstanceStatus available

                """)
    }

    @Test func `readings with the same name are prefixed with their resources`() throws {
        let group = ResourceID(.elastiCacheReplicationGroup, "redis")
        let readings = [
            Reading(resource: group, name: "Status", value: "available"),
            Reading(resource: Stack.database, name: "Status", value: "stopped"),
            Reading(resource: Stack.database, name: "Health", value: "Green"),
            Reading(resource: Stack.database, name: "Nodes[].Role", value: ["a": "primary"]),
        ]
        let snapshot = try Stack.snapshot()
        let body = SnapshotRecord(
            Stack.observation([:], readings: readings), root: snapshot.body.root)
        let shown = SnapshotView(
            Snapshot(
                environment: snapshot.environment, seq: snapshot.seq, at: snapshot.at, actor: snapshot.actor,
                facets: snapshot.snapshot.facets, body: body), kinds: .all)
        #expect(
            ShowReport(shown, resource: nil).text.contains(
                "  readings  elasticache.replication-group/redis Status available, "
                    + "rds.db-instance/antenna-postgres Status stopped, Health Green\n"))
        #expect(ShowReport(shown, resource: Stack.database).text.contains("Nodes[].Role of a primary\n"))
    }

    @Test func `a facet that was never seen is reported`() throws {
        let tags = FacetID(Stack.database, "TagSet")
        let gap = Gap(
            question: Question(service: "s3", operation: "GetBucketTagging", parameters: [:]), outcome: .denied,
            reason: .call(.aws(code: "AccessDenied", message: "not allowed")), facets: [tags], kinds: [])
        let report = ShowReport(
            try Stack.snapshot([Stack.described(Stack.database): [:]], gaps: [gap]), resource: Stack.database)
        #expect(report.text.contains("since @1; not seen: TagSet\n"))
        #expect(try JSON(parsing: report.json)["resources"]?.array?.first?["unseen"] == ["TagSet"])
    }

    @Test func `a facet as last seen and a resource that was left are reported`() throws {
        let snapshot = try Stack.snapshot(
            [Stack.described(Stack.database): [:], FacetID(Stack.database, Snapshot.reach): ["reached": false]],
            gaps: [Stack.denied])
        let text = ShowReport(snapshot, resource: nil).text

        #expect(
            text.contains(
                "rds.db-instance/antenna-postgres  since @1; as last seen: description; left: no longer referenced\n"
            ))
        #expect(
            text.contains(
                "  seen      1 question, not all answered:\n            rds:DescribeDBInstances about antenna-postgres denied (AccessDenied)\n"
            ))
        #expect(
            ShowReport(snapshot, resource: Stack.database).text.contains(
                "security-groups  could not be seen: rds:DescribeDBInstances about antenna-postgres denied"))
    }

    @Test func `the JSON has every resource with its description and facts`() throws {
        let json = try JSON(parsing: ShowReport(try Stack.snapshot(), resource: nil).json)
        let resource = try #require(json.elements("resources").first)

        #expect(json["tidemark"] == 2)
        #expect(json["report"] == "show")
        #expect(resource["identity"] == "antenna-postgres")
        #expect(resource["description"]?["Engine"] == "postgres")
        #expect(resource["facts"] == ["security-groups": ["value": ["sg-0a"]], "subnet-tier": ["value": .null]])
        #expect(resource["reached"] == true)
    }

    @Test func `no name from AWS can redraw the terminal`() throws {
        let environment = ResourceID(.elasticBeanstalkEnvironment, Stack.hostile)
        let property: JSON = [
            "Namespace": "aws:elasticbeanstalk:application:environment", "OptionName": .string(Stack.hostile),
            "Value": .string(Stack.hostile),
        ]
        let gap = Gap(
            question: Stack.denied.question, outcome: .failed, reason: .call(.aws(code: Stack.hostile, message: "")),
            facets: [Stack.described(Stack.database)], kinds: [])
        let snapshot = try Stack.snapshot(
            [
                Stack.described(environment): ["CNAME": .string(Stack.hostile)],
                FacetID(environment, "OptionSettings"): [property], Stack.described(Stack.database): [:],
                Stack.described(Stack.group): ["GroupName": .string(Stack.hostile), "GroupId": "sg-0a"],
            ], gaps: [gap])

        for resource in [nil] + snapshot.resources.map(Optional.some) {
            let report = ShowReport(snapshot, resource: resource)
            #expect(Stack.controls(in: report.text).isEmpty, "\(report.text.printable)")
            #expect(try JSON(parsing: report.json)["tidemark"] == 2)
        }
    }

    @Test func `no message that lists resources can redraw the terminal`() throws {
        let snapshot = try Stack.snapshot([Stack.described(Stack.group): ["GroupName": .string(Stack.hostile)]])
        let failure = #expect(throws: Failure.self) { try snapshot.resource(named: "none") }
        #expect(failure.map { $0.description.printable == $0.description } == true)
    }

    @Test(arguments: [
        "rds.db-instance/antenna-postgres", "antenna-postgres", "rds.db-instance",
    ])
    func `a resource is found by kind, identity or both`(name: String) throws {
        #expect(try Stack.snapshot().resource(named: name) == Stack.database)
    }

    @Test(arguments: ["sg-0a", "web", "ec2.security-group/web", "ec2.security-group/sg-0a"])
    func `a resource is found by its title too`(name: String) throws {
        let snapshot = try Stack.snapshot([
            Stack.described(Stack.group): ["GroupName": "web"], Stack.described(Stack.database): [:],
        ])
        #expect(try snapshot.resource(named: name) == Stack.group)
    }

    @Test func `a name of two resources lists both`() throws {
        let other = ResourceID(.ec2SecurityGroup, "sg-0b")
        let snapshot = try Stack.snapshot([Stack.described(Stack.group): [:], Stack.described(other): [:]])
        let failure = #expect(throws: Failure.self) { try snapshot.resource(named: "ec2.security-group") }
        #expect(
            failure?.description
                == "'ec2.security-group' names 2 resources: antenna-production has ec2.security-group/sg-0a, "
                + "ec2.security-group/sg-0b: name one of them")
    }
}
