import StrictJSON
import Testing

@testable import Tidemark

struct DatabaseTests {
    private let description: FacetDefinition

    init() throws {
        description = try #require(KindDefinition.rdsDBInstance.facet("description"))
    }

    @Test(arguments: [
        ("antenna-postgres.c9akciq32rpl.us-west-2.rds.amazonaws.com", ["antenna-postgres"]),
        (
            "postgres://antenna:pw@antenna-postgres.c9akciq32rpl.us-west-2.rds.amazonaws.com:5432/antenna",
            ["antenna-postgres"]
        ),
        ("Antenna-Postgres.C9akciq32rpl.US-WEST-2.rds.amazonaws.com.", ["antenna-postgres"]),
        (
            "a.c9akciq32rpl.us-west-2.rds.amazonaws.com,b.c9akciq32rpl.us-west-2.rds.amazonaws.com",
            ["a", "b"]
        ),
        ("antenna-postgres.c9akciq32rpl.us-east-1.rds.amazonaws.com", []),
        ("antenna.cluster-c9akciq32rpl.us-west-2.rds.amazonaws.com", []),
        ("antenna.cluster-ro-c9akciq32rpl.us-west-2.rds.amazonaws.com", []),
        ("antenna.proxy-c9akciq32rpl.us-west-2.rds.amazonaws.com", []),
        ("antenna-postgres.c9akciq32rpl.us-west-2.rds.amazonaws.com.evil.example", []),
        ("antenna-postgres.c9akciq32rpl.us-west-2.rds.amazonaws.example", []),
        ("antenna-postgres.c9akciq32rpl.us-west-2.rds.example.com", []),
        ("x.antenna-postgres.c9akciq32rpl.us-west-2.rds.amazonaws.com", []), ("us-west-2.rds.amazonaws.com", []),
        ("", []), ("db.internal", []),
    ])
    func `an instance is found by its endpoint`(text: String, identifiers: [String]) {
        #expect(RDSEndpoint.identifiers(in: text, region: "us-west-2") == identifiers)
    }

    @Test func `in China the region stands behind the service`() {
        let host = "antenna-postgres.c9akciq32rpl.rds.cn-north-1.amazonaws.com.cn"
        #expect(RDSEndpoint.identifiers(in: host, region: "cn-north-1") == ["antenna-postgres"])
        #expect(RDSEndpoint.identifiers(in: host, region: "cn-northwest-1").isEmpty)
    }

    @Test func `the instance of that name is selected among others`() {
        let answer: JSON = ["DBInstances": [["DBInstanceIdentifier": "other"], Stack.databaseContent]]
        #expect(description.select(from: Stack.answer(answer, about: "antenna-postgres")) == Stack.databaseContent)
        #expect(description.select(from: Stack.answer(answer, about: "antenna")) == nil)
        #expect(description.select(from: Stack.answer(["DBInstances": []], about: "antenna-postgres")) == nil)
    }

    @Test func `two looks at an unchanged instance are the same`() {
        let first: JSON = [
            "Engine": "postgres", "LatestRestorableTime": "2026-11-23T20:35:00Z", "DBInstanceStatus": "available",
            "TagList": [["Key": "a", "Value": "1"], ["Key": "b", "Value": "2"]], "DBSecurityGroups": [],
        ]
        let second: JSON = [
            "Engine": "postgres", "LatestRestorableTime": "2026-11-23T20:40:00Z", "DBInstanceStatus": "backing-up",
            "PercentProgress": "50", "TagList": [["Key": "b", "Value": "2"], ["Key": "a", "Value": "1"]],
        ]
        let names = PropertyNames()
        #expect(
            description.read(first, names: names).content.canonical
                == description.read(second, names: names).content.canonical)
    }

    @Test func `a pending password is redacted`() {
        let content: JSON = ["PendingModifiedValues": ["MasterUserPassword": "hunter2", "MultiAZ": true]]
        #expect(
            description.read(content, names: PropertyNames()).content
                == ["PendingModifiedValues": ["MasterUserPassword": Redacted.value, "MultiAZ": true]])
    }

    @Test func `the status is a reading`() {
        #expect(description.readings == ["DBInstanceStatus"])
    }

    @Test func `an instance leads to its security groups`() throws {
        let lead = try #require(KindDefinition.rdsDBInstance.question("instance")?.leads.first)
        #expect(lead.destination == .kind("ec2.security-group"))
        #expect(
            lead.find(Stack.answer(["DBInstances": [Stack.databaseContent]], about: "antenna-postgres")) == [
                ["identity": "sg-0b"]
            ])
        #expect(lead.find(Stack.answer(["DBInstances": []], about: "antenna-postgres"))?.isEmpty == true)
    }

    @Test func `its security groups are a fact`() throws {
        let snapshot = try Snapshot.of([Stack.database.described: Stack.databaseContent])
        #expect(snapshot.seen("security-groups", of: Stack.database) == ["sg-0b"])
    }
}
