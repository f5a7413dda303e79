import StrictJSON
import Tidemark

extension Kind {
    package static let rdsDBInstance = Kind(rawValue: "rds.db-instance")
}

extension KindDefinition {
    /// A database instance; its identity is the identifier.
    ///
    /// Source: <https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DBInstance.html>.
    static let rdsDBInstance = KindDefinition(
        .rdsDBInstance, decoder: 3, incarnation: "DbiResourceId",
        questions: [
            QuestionDefinition(
                "instance", "rds", "DescribeDBInstances", ["DBInstanceIdentifier": "${identity}"],
                absent: ["DBInstanceNotFound", "DBInstanceNotFoundFault"],
                facets: [description],
                leads: [
                    .resources(.ec2SecurityGroup, at: securityGroups, of: description),
                    .resources(
                        .rdsDBParameterGroup, at: "DBParameterGroups[].DBParameterGroupName", of: description),
                    .resources(.rdsDBSubnetGroup, at: subnetGroup, of: description),
                    .resources(.secretsManagerSecret, at: "MasterUserSecret.SecretArn", of: description),
                    .links(.cloudWatchAlarm, by: "DBInstanceIdentifier", of: description),
                ])
        ],
        isAt: { host, answer in
            // An instance that is being created has no endpoint yet.
            let endpoint = answer.content(of: description)?["Endpoint"]?["Address"]?.string
            return endpoint.map { $0.lowercased() == host } ?? true
        },
        facts: [
            FactDefinition(
                "security-groups", "The ids of the VPC security groups; from VpcSecurityGroups.",
                shape: .list,
                compute: { $0.facet(Snapshot.description).map { .array($0.values(at: securityGroups)) } }),
            SubnetGroup.tier("The subnet-tier of its subnet group.", of: .rdsDBSubnetGroup) { reader in
                reader.facet(Snapshot.description)?.values(at: subnetGroup).first
            },
        ])

    private static let securityGroups: AttributePattern = "VpcSecurityGroups[].VpcSecurityGroupId"
    private static let subnetGroup: AttributePattern = "DBSubnetGroup.DBSubnetGroupName"

    /// A failover swaps the zones.
    /// Source: <https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.MultiAZ.Failover.html>.
    private static func zone(_ name: String) -> MovingValue {
        MovingValue(name, where: "MultiAZ is true") { instance, _ in instance["MultiAZ"] == true }
    }

    /// Storage grows by itself up to a limit.
    /// Source: <https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_PIOPS.Autoscaling.html>.
    private static let storage = [
        MovingValue("AllocatedStorage", where: hasLimit) { instance, _ in instance["MaxAllocatedStorage"] != nil },
        MovingValue("PendingModifiedValues.AllocatedStorage", where: hasLimit) { _, instance in
            instance["MaxAllocatedStorage"] != nil
        },
        MovingValue("AdditionalStorageVolumes[].AllocatedStorage", where: hasLimit) { volume, _ in
            volume["MaxAllocatedStorage"] != nil
        },
    ]

    private static let hasLimit = "MaxAllocatedStorage is set"

    private static let description = FacetDefinition(
        Snapshot.description,
        at: "DBInstances[]", selector: .identity(member: "DBInstanceIdentifier"),
        // The time of the last backup changes every five minutes. Maintenance and backups change the status and what
        // depends on it. The rotation of a managed password, a replica's state, the fill of storage, and whether storage
        // could be upgraded change by themselves too, and RDS renews the server's certificate.
        volatile: [
            "LatestRestorableTime", "DBInstanceStatus", "PercentProgress", "MasterUserSecret.SecretStatus",
            "StatusInfos", "AutomaticRestartTime", "StorageVolumeStatus",
            "AdditionalStorageVolumes[].StorageVolumeStatus", "IsStorageConfigUpgradeAvailable",
            "CertificateDetails.ValidTill",
        ],
        readings: ["DBInstanceStatus", "StorageVolumeStatus", "CertificateDetails.ValidTill"],
        moving: ["AvailabilityZone", "SecondaryAvailabilityZone"].map(zone) + storage,
        versions: ["EngineVersion", "PendingModifiedValues.EngineVersion"],
        lists: [
            "VpcSecurityGroups": .keyed(by: ["VpcSecurityGroupId"]),
            "DBSecurityGroups": .keyed(by: ["DBSecurityGroupName"]),
            "DBParameterGroups": .keyed(by: ["DBParameterGroupName"]),
            "OptionGroupMemberships": .keyed(by: ["OptionGroupName"]),
            "DBSubnetGroup.Subnets": .keyed(by: ["SubnetIdentifier"]),
            "AssociatedRoles": .keyed(by: ["RoleArn", "FeatureName"]),
            "AdditionalStorageVolumes": .keyed(by: ["VolumeName"]), "ProcessorFeatures": .keyed(by: ["Name"]),
            "DomainMemberships": .keyed(by: ["Domain"]), "TagList": .keyed(by: ["Key"]),
        ],
        redactions: [.secret("PendingModifiedValues.MasterUserPassword")])
}
