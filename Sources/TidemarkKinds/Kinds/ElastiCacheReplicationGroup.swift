import StrictJSON
import Tidemark

extension Kind {
    package static let elastiCacheReplicationGroup = Kind(rawValue: "elasticache.replication-group")
}

extension KindDefinition {
    /// A replication group; its identity is the id. Its clusters have the engine's version, the security groups and the
    /// subnets.
    ///
    /// Source: <https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_ReplicationGroup.html>.
    static let elastiCacheReplicationGroup = KindDefinition(
        .elastiCacheReplicationGroup, decoder: 2, incarnation: "ReplicationGroupCreateTime",
        questions: [
            QuestionDefinition(
                "group", "elasticache", "DescribeReplicationGroups", ["ReplicationGroupId": "${identity}"],
                absent: ["ReplicationGroupNotFoundFault"],
                facets: [description],
                leads: [
                    .resources(.elastiCacheCacheCluster, at: "MemberClusters[]", of: description),
                    .links(.cloudWatchAlarm, by: "ReplicationGroupId", of: description),
                ])
        ],
        isAt: { host, answer in
            let group = answer.content(of: description)
            return ElastiCacheEndpoint.isHost(host, among: endpoints.flatMap { group?.values(at: $0) ?? [] })
        },
        facts: [
            FactDefinition(
                "engine-version", "The version that its clusters run; a list where they disagree.",
                shape: .value(.version),
                compute: { reader in JSON.agreed(reader.clusters.map { $0["EngineVersion"] }) }),
            FactDefinition(
                "security-groups", "The ids of its clusters' VPC security groups.", shape: .list,
                compute: { reader in
                    let groups = reader.clusters.flatMap { $0.values(at: "SecurityGroups[].SecurityGroupId") }
                    return .array(Array(Set(groups)).sortedByText)
                }),
            FactDefinition(
                "subnet-group", "The name of its clusters' subnet group.", shape: .scalar, compute: { $0.subnetGroup }),
            SubnetGroup.tier(
                "The subnet-tier of its clusters' subnet group.", of: .elastiCacheCacheSubnetGroup
            ) { $0.subnetGroup },
            FactDefinition(
                "multi-az", "Whether it is enabled; from MultiAZ.", shape: .scalar,
                compute: { reader in reader.isEnabled("MultiAZ") }),
            FactDefinition(
                "automatic-failover", "Whether it is enabled, and not just on its way; from AutomaticFailover.",
                shape: .scalar, compute: { reader in reader.isEnabled("AutomaticFailover") }),
            FactDefinition(
                "tls", "Whether data is encrypted in transit; from TransitEncryptionEnabled.", shape: .scalar,
                summarizing: "TransitEncryptionEnabled",
                compute: { reader in reader.facet(Snapshot.description)?["TransitEncryptionEnabled"] }),
            FactDefinition(
                "cluster-mode", "'enabled', 'compatible' or 'disabled'; from ClusterMode, else from ClusterEnabled.",
                shape: .scalar, compute: clusterMode),
            FactDefinition(
                "nodes", "How many clusters, each of one node, belong to it; from MemberClusters.", shape: .scalar,
                compute: { reader in
                    reader.facet(Snapshot.description).map { .init($0.elements("MemberClusters").count) }
                }),
        ])

    private static let description = FacetDefinition(
        Snapshot.description,
        at: "ReplicationGroups[]", selector: .identity(member: "ReplicationGroupId"),
        // Maintenance and snapshots change the statuses, and a failover swaps the roles.
        volatile: [
            "Status", "NodeGroups[].Status", "NodeGroups[].NodeGroupMembers[].CurrentRole",
            "PendingModifiedValues.Resharding.SlotMigration.ProgressPercentage",
            "LogDeliveryConfigurations[].Status", "LogDeliveryConfigurations[].Message",
        ],
        readings: ["Status", "NodeGroups[].NodeGroupMembers[].CurrentRole"],
        // A node that is replaced may come up in another zone.
        moving: [
            MovingValue(
                "NodeGroups[].NodeGroupMembers[].PreferredAvailabilityZone", where: "MultiAZ is enabled"
            ) { _, group in group["MultiAZ"] == "enabled" }
        ],
        lists: [
            "NodeGroups": .keyed(by: ["NodeGroupId"]),
            "NodeGroups[].NodeGroupMembers": .keyed(by: ["CacheClusterId"]),
            "LogDeliveryConfigurations": .keyed(by: ["LogType"]),
            "PendingModifiedValues.LogDeliveryConfigurations": .keyed(by: ["LogType"]),
        ])

    private static let endpoints: [AttributePattern] = [
        "ConfigurationEndpoint", "NodeGroups[].PrimaryEndpoint", "NodeGroups[].ReaderEndpoint",
        "NodeGroups[].NodeGroupMembers[].ReadEndpoint",
    ]

    /// `ClusterEnabled`, the older member, does not show a group that is being migrated.
    private static func clusterMode(_ reader: inout FactReader) -> JSON? {
        guard let group = reader.facet(Snapshot.description) else { return nil }
        return group["ClusterMode"] ?? group["ClusterEnabled"]?.bool.map { $0 ? "enabled" : "disabled" }
    }
}

extension FactReader {
    /// The descriptions of a replication group's clusters.
    fileprivate var clusters: [JSON] {
        mutating get {
            let names = facet(Snapshot.description)?.elements("MemberClusters").compactMap(\.string) ?? []
            return names.map { ResourceID(.elastiCacheCacheCluster, $0) }
                .compactMap { facet(FacetID($0, Snapshot.description)) }
        }
    }

    fileprivate var subnetGroup: JSON? {
        mutating get { JSON.agreed(clusters.map { $0["CacheSubnetGroupName"] }) }
    }

    /// The value may also be 'enabling' or 'disabling'.
    fileprivate mutating func isEnabled(_ member: String) -> JSON? {
        facet(Snapshot.description)?[member]?.string.map { .bool($0 == "enabled") }
    }
}
