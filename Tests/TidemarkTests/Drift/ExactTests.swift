import StrictJSON
import Testing

@testable import Tidemark
@testable import TidemarkBaseline
@testable import TidemarkKinds

/// Expectations beside which nothing may be there.
struct ExactTests {
    private func told(
        _ members: String, _ description: JSON, facets: [FacetID: JSON] = [:], gaps: [Gap] = [],
        of resource: ResourceID = Stack.database
    ) throws -> [String] {
        let yaml = Baseline.expectation("name: x", "resource: \(resource.kind)", "is:", members)
        let exact = yaml.replacing("is:", with: "exact: true\n    is:")
        let all = facets.merging([resource.described: description]) { $1 }
        return try Drift(
            of: .of(all, gaps: gaps), from: Baseline(yaml: exact), now: Stack.start,
            maximumAge: nil
        ).findings.map { "\($0.isDrifted ? "drifted" : "unseen") \($0.path?.description ?? "-")" }
    }

    @Test func `an attribute that is not named is drift, where there is anything`() throws {
        let empty: JSON = ["Engine": "postgres", "TagList": [], "Endpoint": [:], "DBName": nil]
        #expect(try told("Engine: postgres", empty) == [])
        #expect(try told("Engine: postgres", ["Engine": "postgres", "MultiAZ": false]) == ["drifted MultiAZ"])
        #expect(try told("Engine: mysql", ["Engine": "postgres"]) == ["drifted Engine"])
    }

    @Test func `so is a member beside those of a map`() throws {
        let description: JSON = ["Endpoint": ["Address": "a", "Port": 5432]]
        #expect(try told("Endpoint: { Address: a, Port: 5432 }", description) == [])
        #expect(try told("Endpoint: { Address: a }", description) == ["drifted Endpoint.Port"])
        #expect(try told("Endpoint.Address: a", description) == [])
    }

    @Test func `and a member of an element`() throws {
        let description: JSON = ["VpcSecurityGroups": [["VpcSecurityGroupId": "sg-0a", "Status": "active"]]]
        #expect(try told("VpcSecurityGroups: [ { VpcSecurityGroupId: sg-0a, Status: active } ]", description) == [])
        #expect(
            try told("VpcSecurityGroups: [ { VpcSecurityGroupId: sg-0a } ]", description)
                == ["drifted VpcSecurityGroups"])
    }

    @Test func `and an element beside those of a keyed list that are named`() throws {
        let description: JSON = ["TagList": [["Key": "Team", "Value": "a"], ["Key": "Added", "Value": "b"]]]
        #expect(
            try told("TagList: { Team: { Key: Team, Value: a } }", description) == ["drifted TagList[Added]"])
    }

    @Test func `what each release changes is none, nor what a fact tells that is named`() throws {
        let environment: JSON = ["EnvironmentName": "a", "VersionLabel": "v10"]
        #expect(try told("EnvironmentName: a", environment, of: Stack.environment) == [])
        let group = ResourceID(.ec2SecurityGroup, "sg-0a")
        let ruled: JSON = ["GroupName": "a", "IpPermissions": [["IpProtocol": "-1"]]]
        #expect(try told("GroupName: a", ruled, of: group) == ["drifted IpPermissions"])
        #expect(try !told("GroupName: a\ningress: []", ruled, of: group).contains("drifted IpPermissions"))
    }

    @Test func `another facet is named as a whole, and where it is unseen nothing is said of it`() throws {
        let facet = FacetID(Stack.environment, "OptionSettings")
        let facets: [FacetID: JSON] = [facet: [Stack.property("DEBUG", "False")]]
        let description: JSON = ["EnvironmentName": "a"]
        #expect(
            try told("EnvironmentName: a", description, facets: facets, of: Stack.environment)
                == ["drifted OptionSettings"])
        let gap = Gap.denied("elasticbeanstalk", "DescribeConfigurationSettings", facets: [facet])
        #expect(
            try told("EnvironmentName: a", description, facets: facets, gaps: [gap], of: Stack.environment)
                == ["unseen OptionSettings"])
    }

    @Test func `why the description is unseen is told once`() throws {
        let gap = Gap.denied("rds", "DescribeDBInstances", facets: [Stack.database.described])
        #expect(
            try told("Engine: postgres", ["Engine": "postgres", "MultiAZ": true], gaps: [gap]) == ["unseen Engine"])
    }
}
