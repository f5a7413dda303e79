import StrictJSON
import Testing
import TidemarkTestSupport

@testable import Tidemark
@testable import TidemarkKinds

struct CacheTests {
    private let group = ResourceID(.elastiCacheReplicationGroup, "redis")
    private let groupContent: JSON = [
        "ReplicationGroupId": "redis", "MemberClusters": ["redis-001", "redis-002"], "MultiAZ": "disabled",
        "AutomaticFailover": "disabled", "ClusterEnabled": false, "TransitEncryptionEnabled": true,
    ]

    private func cluster(_ id: String) -> ResourceID { ResourceID(.elastiCacheCacheCluster, id) }

    private func clusterContent(_ id: JSON, _ changes: JSONObject = [:]) -> JSON {
        var content: JSONObject = [
            "CacheClusterId": id, "EngineVersion": "7.1.0", "CacheSubnetGroupName": "private",
            "SecurityGroups": [["SecurityGroupId": "sg-0r", "Status": "active"]],
            "CacheParameterGroup": ["CacheParameterGroupName": "default.redis7"], "ReplicationGroupId": "redis",
        ]
        for (key, value) in changes.members { content[key] = value }
        return .object(content)
    }

    private func snapshot(
        group changes: JSONObject = [:], second: JSONObject = [:], gaps: [Gap] = []
    ) throws -> SnapshotView {
        var content = groupContent.object ?? [:]
        for (key, value) in changes.members { content[key] = value }
        return try SnapshotView.of(
            [
                group.described: .object(content), cluster("redis-001").described: clusterContent("redis-001"),
                cluster("redis-002").described: clusterContent("redis-002", second),
            ], gaps: gaps)
    }

    // MARK: Facts

    @Test(
        arguments: [
            ("engine-version", "7.1.0"), ("security-groups", ["sg-0r"]), ("subnet-group", "private"),
            ("multi-az", false), ("automatic-failover", false), ("tls", true), ("cluster-mode", "disabled"),
            ("nodes", 2),
        ] as [(String, JSON)])
    func `a group's facts are its own and its clusters'`(name: String, value: JSON) throws {
        #expect(try snapshot().seen(name, of: group) == value)
    }

    @Test(
        arguments: [
            ("engine-version", ["7.1.0", "7.2.0"]), ("security-groups", ["sg-0r", "sg-0s"]),
            ("subnet-group", ["private", "public"]),
        ] as [(String, JSON)])
    func `clusters that disagree are all told`(name: String, value: JSON) throws {
        let snapshot = try snapshot(second: [
            "EngineVersion": "7.2.0", "CacheSubnetGroupName": "public",
            "SecurityGroups": [["SecurityGroupId": "sg-0s"], ["SecurityGroupId": "sg-0r"]],
        ])
        #expect(snapshot.seen(name, of: group) == value)
    }

    @Test(arguments: ["engine-version", "security-groups", "subnet-group"])
    func `what clusters say is unseen when one of them is`(name: String) throws {
        let gap = Gap.denied("elasticache", "DescribeCacheClusters", facets: [cluster("redis-002").described])
        #expect(try snapshot(gaps: [gap]).isUnseen(name, of: group))
        #expect(try snapshot(gaps: [gap]).seen("tls", of: group) == true)
    }

    @Test(
        arguments: [
            ("AutomaticFailover", "enabled", "automatic-failover", true),
            ("AutomaticFailover", "enabling", "automatic-failover", false),
            ("MultiAZ", "enabled", "multi-az", true), ("ClusterMode", "compatible", "cluster-mode", "compatible"),
            ("ClusterEnabled", true, "cluster-mode", "enabled"),
        ] as [(String, JSON, String, JSON)])
    func `a setting has the value in force`(member: String, value: JSON, name: String, fact: JSON) throws {
        #expect(try snapshot(group: [member: value]).seen(name, of: group) == fact)
    }

    @Test func `a cluster's security groups are a fact`() throws {
        #expect(try snapshot().seen("security-groups", of: cluster("redis-001")) == ["sg-0r"])
    }

    // MARK: Leads

    @Test func `a group leads to its clusters`() throws {
        let answer = Stack.answer(["ReplicationGroups": [groupContent]], about: "redis")
        #expect(
            try KindDefinition.elastiCacheReplicationGroup.identities(
                of: .elastiCacheCacheCluster, beyond: "group", answer)
                == ["redis-001", "redis-002"])
    }

    @Test(
        arguments: [
            (.ec2SecurityGroup, ["sg-0r"]), (.elastiCacheCacheSubnetGroup, ["private"]),
            (.elastiCacheCacheParameterGroup, ["default.redis7"]), (.elastiCacheReplicationGroup, ["redis"]),
        ] as [(Kind, [String])])
    func `a cluster leads to its groups`(kind: Kind, identities: [String]) throws {
        let answer = Stack.answer(["CacheClusters": [clusterContent("redis-001")]], about: "redis-001")
        #expect(
            try KindDefinition.elastiCacheCacheCluster.identities(of: kind, beyond: "cluster", answer) == identities)
    }

    @Test func `a cluster without a replication group leads to none`() throws {
        let answer = Stack.answer(
            ["CacheClusters": [["CacheClusterId": "memory", "ReplicationGroupId": ""]]], about: "memory")
        #expect(
            try KindDefinition.elastiCacheCacheCluster.identities(
                of: .elastiCacheReplicationGroup, beyond: "cluster", answer
            ).isEmpty)
    }

    @Test func `a host means the group or the cluster that has such endpoints`() throws {
        let host = "redis-001.redis.abc123.usw2.cache.amazonaws.com"
        func endpoint(_ account: String) -> JSON {
            ["Address": .string("redis-001.redis.\(account).usw2.cache.amazonaws.com"), "Port": 6379]
        }
        func isMeant(_ account: String) throws -> [Bool] {
            let endpoint = endpoint(account)
            let nodes: JSON = [["NodeGroupMembers": [["ReadEndpoint": endpoint]]]]
            let groups: JSON = ["ReplicationGroups": [["ReplicationGroupId": "redis", "NodeGroups": nodes]]]
            let sharded: JSON = [
                "ReplicationGroups": [["ReplicationGroupId": "redis", "ConfigurationEndpoint": endpoint]]
            ]
            let clusters: JSON = [
                "CacheClusters": [["CacheClusterId": "redis-001", "CacheNodes": [["Endpoint": endpoint]]]]
            ]
            let (group, cluster) = (KindDefinition.elastiCacheReplicationGroup, KindDefinition.elastiCacheCacheCluster)
            return try [
                group.isNamed(by: host, Stack.answer(groups, about: "redis")),
                group.isNamed(by: host, Stack.answer(sharded, about: "redis")),
                cluster.isNamed(by: host, Stack.answer(clusters, about: "redis-001")),
            ]
        }
        #expect(try isMeant("abc123") == [true, true, true])
        #expect(try isMeant("xyz789") == [false, false, false])
    }

    // MARK: Two looks

    @Test func `two observations of an unchanged group are equal`() throws {
        func content(_ status: JSON, _ members: [JSON]) -> JSON {
            [
                "Status": status, "MemberClusters": .array(members.compactMap { $0["CacheClusterId"] }),
                "AuthTokenLastModifiedDate": "2026-11-23T20:40:00Z",
                "NodeGroups": [["NodeGroupId": "0001", "Status": status, "NodeGroupMembers": .array(members)]],
                "LogDeliveryConfigurations": [["LogType": "slow-log", "Status": status, "Message": status]],
                "PendingModifiedValues": ["Resharding": ["SlotMigration": ["ProgressPercentage": 5]]],
            ]
        }
        let first: JSON = ["CacheClusterId": "redis-001", "CurrentRole": "primary"]
        let second: JSON = ["CacheClusterId": "redis-002", "CurrentRole": "replica"]
        let facet = try #require(KindDefinition.elastiCacheReplicationGroup.facet("description"))
        let before = facet.read(content("available", [first, second]), names: PropertyNames())
        let after = facet.read(
            content(
                "snapshotting",
                [
                    ["CacheClusterId": "redis-002", "CurrentRole": "primary"],
                    ["CacheClusterId": "redis-001", "CurrentRole": "replica"],
                ]), names: PropertyNames())
        #expect(before.content.canonical == after.content.canonical)
        // When the token was rotated stays.
        #expect(before.content["AuthTokenLastModifiedDate"] == "2026-11-23T20:40:00Z")
    }

    @Test(arguments: ["enabled", "disabled"])
    func `the roles of nodes are readings, and their zones are where they can move`(multiAZ: JSON) throws {
        let node: JSON = [
            "CacheClusterId": "redis-001", "CurrentRole": "primary", "PreferredAvailabilityZone": "us-west-2a",
        ]
        let group: JSON = [
            "MultiAZ": multiAZ,
            "NodeGroups": [
                ["NodeGroupId": "0001", "PrimaryEndpoint": ["Address": "x"], "NodeGroupMembers": [node]]
            ],
        ]
        let facet = try #require(KindDefinition.elastiCacheReplicationGroup.facet("description"))
        let kept = facet.read(group, names: PropertyNames()).content
        let isMoving = multiAZ == "enabled"
        #expect(kept.values(at: "NodeGroups[].PrimaryEndpoint.Address") == ["x"])
        #expect(
            kept.values(at: "NodeGroups[].NodeGroupMembers[].PreferredAvailabilityZone")
                == (isMoving ? [] : ["us-west-2a"]))
        let readings = facet.readings(in: group)
        #expect(readings.map(\.value) == [["redis-001": "primary"]] + (isMoving ? [["redis-001": "us-west-2a"]] : []))
    }

    @Test(arguments: ["redis", nil] as [JSON])
    func `the zone of a node is its group's to describe`(group: JSON) throws {
        let content: JSON = ["ReplicationGroupId": group, "PreferredAvailabilityZone": "us-west-2a"]
        let facet = try #require(KindDefinition.elastiCacheCacheCluster.facet("description"))
        let kept = facet.read(
            group == nil ? ["PreferredAvailabilityZone": "us-west-2a"] : content, names: PropertyNames())
        #expect(kept.content["PreferredAvailabilityZone"] == (group == nil ? "us-west-2a" : nil))
    }

    @Test func `two observations of an unchanged cluster are equal`() throws {
        func content(_ status: JSON, _ nodes: [JSON]) -> JSON {
            [
                "CacheClusterStatus": status, "EngineVersion": "7.1.0",
                "CacheNodes": .array(nodes.map { ["CacheNodeId": $0, "CacheNodeStatus": status] }),
            ]
        }
        let facet = try #require(KindDefinition.elastiCacheCacheCluster.facet("description"))
        let before = facet.read(content("available", ["0001", "0002"]), names: PropertyNames())
        let after = facet.read(content("rebooting", ["0002", "0001"]), names: PropertyNames())
        #expect(before.content.canonical == after.content.canonical)
        #expect(facet.readings == ["CacheClusterStatus"])
    }
}
