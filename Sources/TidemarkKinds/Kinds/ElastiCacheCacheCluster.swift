import StrictJSON
import Tidemark

extension Kind {
    package static let elastiCacheCacheCluster = Kind(rawValue: "elasticache.cache-cluster")
}

extension KindDefinition {
    /// A cache cluster; its identity is the id. It is a node of a replication group, or independent.
    ///
    /// Source: <https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CacheCluster.html>.
    static let elastiCacheCacheCluster = KindDefinition(
        .elastiCacheCacheCluster, decoder: 2, incarnation: "CacheClusterCreateTime",
        questions: [
            QuestionDefinition(
                "cluster", "elasticache", "DescribeCacheClusters",
                // Without its nodes an answer has no endpoints.
                ["CacheClusterId": "${identity}", "ShowCacheNodeInfo": true],
                absent: ["CacheClusterNotFound", "CacheClusterNotFoundFault"],
                facets: [description],
                leads: [
                    .resources(.ec2SecurityGroup, at: securityGroups, of: description),
                    .resources(
                        .elastiCacheCacheParameterGroup, at: "CacheParameterGroup.CacheParameterGroupName",
                        of: description),
                    .resources(.elastiCacheCacheSubnetGroup, at: "CacheSubnetGroupName", of: description),
                    .resources(.elastiCacheReplicationGroup, at: "ReplicationGroupId", of: description),
                    .links(.cloudWatchAlarm, by: "CacheClusterId", of: description),
                ])
        ],
        isAt: { host, answer in
            let endpoints = answer.content(of: description).map { cluster in
                cluster.values(at: "ConfigurationEndpoint") + cluster.values(at: "CacheNodes[].Endpoint")
            }
            return ElastiCacheEndpoint.isHost(host, among: endpoints ?? [])
        },
        facts: [
            FactDefinition(
                "security-groups", "The ids of the VPC security groups; from SecurityGroups.", shape: .list,
                compute: { $0.facet(Snapshot.description).map { .array($0.values(at: securityGroups)) } }),
            SubnetGroup.tier("The subnet-tier of its subnet group.", of: .elastiCacheCacheSubnetGroup) { reader in
                reader.facet(Snapshot.description)?["CacheSubnetGroupName"]
            },
        ])

    private static let securityGroups: AttributePattern = "SecurityGroups[].SecurityGroupId"

    private static let description = FacetDefinition(
        Snapshot.description,
        at: "CacheClusters[]", selector: .identity(member: "CacheClusterId"),
        // Maintenance and snapshots change the statuses.
        volatile: [
            "CacheClusterStatus", "CacheNodes[].CacheNodeStatus", "LogDeliveryConfigurations[].Status",
            "LogDeliveryConfigurations[].Message",
        ],
        readings: ["CacheClusterStatus"],
        // The description of a replication group has the zones of its nodes.
        moving: ["PreferredAvailabilityZone", "CacheNodes[].CustomerAvailabilityZone"].map { name in
            MovingValue(name, where: "it is a node of a replication group") { _, cluster in
                cluster["ReplicationGroupId"] != nil
            }
        },
        versions: ["EngineVersion", "PendingModifiedValues.EngineVersion"],
        lists: [
            "CacheNodes": .keyed(by: ["CacheNodeId"]), "SecurityGroups": .keyed(by: ["SecurityGroupId"]),
            "CacheSecurityGroups": .keyed(by: ["CacheSecurityGroupName"]),
            "LogDeliveryConfigurations": .keyed(by: ["LogType"]),
            "PendingModifiedValues.LogDeliveryConfigurations": .keyed(by: ["LogType"]),
        ])
}
