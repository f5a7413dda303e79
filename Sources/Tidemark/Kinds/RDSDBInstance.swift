import StrictJSON

extension KindDefinition {
    /// A database instance, by its identifier.
    ///
    /// Source: <https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DBInstance.html>.
    static let rdsDBInstance = KindDefinition(
        "rds.db-instance", decoder: 1, incarnation: "DbiResourceId",
        questions: [
            QuestionDefinition(
                "instance", "rds", "DescribeDBInstances", ["DBInstanceIdentifier": "${identity}"],
                absent: ["DBInstanceNotFound", "DBInstanceNotFoundFault"],
                facets: [description],
                leads: [.resources("ec2.security-group", securityGroups)])
        ],
        facts: [
            FactDefinition(
                "security-groups", "The ids of the VPC security groups; from VpcSecurityGroups.",
                shape: .list,
                compute: { reader in
                    guard let groups = reader.facet(Snapshot.description)?.elements("VpcSecurityGroups") else {
                        return nil
                    }
                    return .array(groups.compactMap { $0["VpcSecurityGroupId"] })
                })
        ])

    private static let description = FacetDefinition(
        Snapshot.description,
        at: "DBInstances[]", selector: .identity(member: "DBInstanceIdentifier"),
        // The time of the last backup moves every five minutes; the status walks through maintenance and backups.
        // So do a managed password's rotation and a replica's state; whether storage could be upgraded is AWS's to say.
        volatile: [
            "LatestRestorableTime", "DBInstanceStatus", "PercentProgress", "MasterUserSecret.SecretStatus",
            "StatusInfos",
            "IsStorageConfigUpgradeAvailable",
        ],
        readings: ["DBInstanceStatus"],
        lists: [
            "VpcSecurityGroups": .keyed(by: ["VpcSecurityGroupId"]),
            "DBParameterGroups": .keyed(by: ["DBParameterGroupName"]), "TagList": .keyed(by: ["Key"]),
        ],
        redactions: [.secret("PendingModifiedValues.MasterUserPassword")])

    private static func securityGroups(_ answer: Answer) -> [String] {
        description.select(from: answer)?.elements("VpcSecurityGroups").compactMap { $0["VpcSecurityGroupId"]?.string }
            ?? []
    }
}

/// The host names that RDS gives to database instances: `antenna-postgres.c9akciq32rpl.us-west-2.rds.amazonaws.com`, and
/// in China `antenna-postgres.c9akciq32rpl.rds.cn-north-1.amazonaws.com.cn`.
enum RDSEndpoint {
    /// The identifiers of the instances in `region` whose endpoints a text names: as a host, or within a URL.
    ///
    /// A cluster's endpoint (`.cluster-…`) and a proxy's (`.proxy-…`) name no instance.
    static func identifiers(in text: String, region: String) -> [String] {
        let suffixes = ["\(region).rds.amazonaws.com", "rds.\(region).amazonaws.com.cn"]
        return text.split { !$0.isPartOfHost }.compactMap { host in
            // A name with its last dot is the same name.
            let name = host.hasSuffix(".") ? host.dropLast() : host
            let labels = name.lowercased().split(separator: ".", maxSplits: 2, omittingEmptySubsequences: false)
            guard labels.count == 3, !labels[0].isEmpty, !labels[1].isEmpty, !labels[1].contains("-") else {
                return nil
            }
            return suffixes.contains(String(labels[2])) ? String(labels[0]) : nil
        }
    }
}

extension Character {
    fileprivate var isPartOfHost: Bool { isASCII && (isLetter || isNumber || self == "." || self == "-") }
}
