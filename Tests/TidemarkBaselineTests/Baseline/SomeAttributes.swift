import StrictJSON
import StrictYAML

@testable import Tidemark
@testable import TidemarkBaseline
@testable import TidemarkKinds
@testable import TidemarkReports

/// The few attributes of AWS's answers that the tests name.
struct SomeAttributes: AttributeCatalogue {
    private static let members: [AttributePattern: [String]] = [
        "DBInstances[]": [
            "DBInstanceIdentifier", "DbiResourceId", "Engine", "EngineVersion", "MultiAZ", "AllocatedStorage",
            "Endpoint", "TagList",
            "VpcSecurityGroups", "BackupRetentionPeriod", "DBName", "LatestRestorableTime", "DBInstanceStatus",
            "AvailabilityZone", "PendingModifiedValues",
        ], "DBInstances[].PendingModifiedValues": ["AllocatedStorage"],
        "DBInstances[].Endpoint": ["Address", "Port"],
        "DBInstances[].VpcSecurityGroups[]": ["VpcSecurityGroupId", "Status"],
        "DBInstances[].TagList[]": ["Key", "Value"],
        "SecurityGroups[]": ["GroupId", "GroupName", "Description", "IpPermissions", "IpPermissionsEgress", "Tags"],
        "SecurityGroups[].IpPermissions[]": ["IpProtocol", "FromPort", "ToPort", "IpRanges", "UserIdGroupPairs"],
        "SecurityGroups[].IpPermissions[].UserIdGroupPairs[]": ["UserId", "GroupId", "Description"],
        "SecurityGroups[].IpPermissions[].IpRanges[]": ["CidrIp", "Description"],
        "Environments[]": ["EnvironmentName", "PlatformArn", "CNAME", "Status"],
        "ConfigurationSettings[].OptionSettings[]": ["Namespace", "OptionName", "ResourceName", "Value"],
        "EnvironmentResources": ["Instances", "LoadBalancers"],
    ]

    private static let lists: Set<AttributePattern> = [
        "DBInstances[].VpcSecurityGroups", "DBInstances[].TagList", "SecurityGroups[].IpPermissions",
        "SecurityGroups[].IpPermissionsEgress", "SecurityGroups[].Tags", "SecurityGroups[].IpPermissions[].IpRanges",
        "SecurityGroups[].IpPermissions[].UserIdGroupPairs",
        "ConfigurationSettings[].OptionSettings", "EnvironmentResources.Instances",
        "EnvironmentResources.LoadBalancers",
    ]

    func shape(of service: String, _ operation: String, at location: AttributePattern) -> AttributeShape? {
        if let members = Self.members[location] { return .structure(members) }
        if Self.lists.contains(location) { return .list }
        guard case .member(let name)? = location.steps.last else { return nil }
        let holder = AttributePattern(location.steps.dropLast())
        return Self.members[holder]?.contains(name) == true ? .scalar : nil
    }
}

extension Baseline {
    /// A baseline with one expectation of a database, whose `is:` has these lines.
    static func database(is lines: String, name: String = "database") throws -> Baseline {
        try Baseline(yaml: expectation("name: \(name)", "resource: rds.db-instance", "is:", lines))
    }

    static func expectation(_ head: String...) -> String {
        let lines = head.joined(separator: "\n").split(separator: "\n")
        let attributes = lines.drop { $0 != "is:" }.dropFirst().map { "      \($0)" }
        let keys = lines.prefix { $0 != "is:" } + ["is:"]
        return "environment: antenna-production\nexpect:\n  - " + keys.joined(separator: "\n    ") + "\n"
            + attributes.joined(separator: "\n") + "\n"
    }

    init(yaml: String) throws {
        try self.init(yaml: yaml, file: "baseline.yml", kinds: .all, attributes: SomeAttributes())
    }

    /// The mistakes of a file, one line each.
    static func mistakes(_ yaml: String) -> [String] {
        do throws(FileError) {
            _ = try Baseline(yaml: yaml, file: "baseline.yml", kinds: .all, attributes: SomeAttributes())
            return []
        } catch {
            return error.lines
        }
    }
}

extension Finding {
    /// A waiver that accepts the finding as it is, on one line.
    func waiver(until: String = "2999-12-31") -> String {
        guard let acceptance = Waiver.Acceptance(of: self), let until = Day(until) else { return "" }
        return WaiverItem(self, acceptance, owner: "dba-team", reason: "moved in spring", until: until).flow
    }
}
