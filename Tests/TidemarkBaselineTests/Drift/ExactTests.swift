import StrictJSON
import Testing
import TidemarkTestSupport

@testable import Tidemark
@testable import TidemarkBaseline
@testable import TidemarkKinds

/// Expectations with `exact: true`.
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

    @Test func `an attribute that is not named is drift unless it is empty`() throws {
        let empty: JSON = ["Engine": "postgres", "TagList": [], "Endpoint": [:], "DBName": nil]
        #expect(try told("Engine: postgres", empty) == [])
        #expect(try told("Engine: postgres", ["Engine": "postgres", "MultiAZ": false]) == ["drifted MultiAZ"])
        #expect(try told("Engine: mysql", ["Engine": "postgres"]) == ["drifted Engine"])
    }

    @Test func `a member that a map does not name is drift`() throws {
        let description: JSON = ["Endpoint": ["Address": "a", "Port": 5432]]
        #expect(try told("Endpoint: { Address: a, Port: 5432 }", description) == [])
        #expect(try told("Endpoint: { Address: a }", description) == ["drifted Endpoint.Port"])
        #expect(try told("Endpoint.Address: a", description) == [])
    }

    @Test func `a member that an element does not name is drift`() throws {
        let description: JSON = ["VpcSecurityGroups": [["VpcSecurityGroupId": "sg-0a", "Status": "active"]]]
        #expect(try told("VpcSecurityGroups: [ { VpcSecurityGroupId: sg-0a, Status: active } ]", description) == [])
        #expect(
            try told("VpcSecurityGroups: [ { VpcSecurityGroupId: sg-0a } ]", description)
                == ["drifted VpcSecurityGroups[sg-0a].Status"])
    }

    @Test func `an element that is not named of a keyed list is drift`() throws {
        let description: JSON = ["TagList": [["Key": "Team", "Value": "a"], ["Key": "Added", "Value": "b"]]]
        #expect(
            try told("TagList: { Team: { Key: Team, Value: a } }", description) == ["drifted TagList[Added]"])
    }

    @Test(
        arguments: [
            ("changed-parameters: { log_statement: ddl }", []),
            ("changed-parameters: ~", ["drifted changed-parameters"]), ("identity: ours", ["drifted Parameters"]),
            ("Parameters: { log_statement: { ParameterName: log_statement, ParameterValue: ddl } }", []),
            ("Parameters: [ { ParameterName: log_statement, ParameterValue: ddl } ]", []),
            ("Parameters: []", ["drifted Parameters[log_statement]"]),
            ("changed-parameters: { log_statement: ddl, work_mem: 1 }", ["drifted changed-parameters.work_mem"]),
        ] as [(String, [String])])
    func `a default of AWS is not drift`(members: String, found: [String]) throws {
        let group = ResourceID(.rdsDBParameterGroup, "ours")
        let parameters: JSON = [
            ["ParameterName": "rds.force_ssl", "ParameterValue": "1", "Source": "system"],
            ["ParameterName": "log_statement", "ParameterValue": "ddl"],
            ["ParameterName": "port", "Source": "engine-default"],
        ]
        #expect(try told(members, [:], facets: [FacetID(group, "Parameters"): parameters], of: group) == found)
    }

    @Test func `an attribute that releases change or a named fact summarizes is not drift`() throws {
        let environment: JSON = ["EnvironmentName": "a", "VersionLabel": "v10"]
        #expect(try told("EnvironmentName: a", environment, of: Stack.environment) == [])
        let group = ResourceID(.ec2SecurityGroup, "sg-0a")
        let ruled: JSON = ["GroupName": "a", "IpPermissions": [["IpProtocol": "-1"]]]
        #expect(try told("GroupName: a", ruled, of: group) == ["drifted IpPermissions"])
        #expect(try !told("GroupName: a\ningress: []", ruled, of: group).contains("drifted IpPermissions"))
    }

    @Test func `a facet that is not named is one finding, or unseen`() throws {
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

    @Test func `the reason for an unseen description is reported once`() throws {
        let gap = Gap.denied("rds", "DescribeDBInstances", facets: [Stack.database.described])
        #expect(
            try told("Engine: postgres", ["Engine": "postgres", "MultiAZ": true], gaps: [gap]) == ["unseen Engine"])
    }
}
