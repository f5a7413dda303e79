import AWSClient
import StrictJSON
import Testing
import Tidemark

@testable import TidemarkAWS

/// Walks that follow the host names of databases and caches.
struct EndpointWalkTests {
    private static let ours = "antenna-postgres.c9akciq32rpl.us-west-2.rds.amazonaws.com"
    private static let theirs = "antenna-postgres.c0otheraccnt.us-west-2.rds.amazonaws.com"
    private static let group = ResourceID(.elastiCacheReplicationGroup, "redis")
    private static let cluster = ResourceID(.elastiCacheCacheCluster, "redis-001")

    /// A stack with these properties, whose database and cache have endpoints of this account.
    private func script(_ values: String...) -> Script {
        let options = values.enumerated().map { number, value -> JSON in
            [
                "Namespace": "aws:elasticbeanstalk:application:environment", "OptionName": .string("V\(number)"),
                "Value": .string(value),
            ]
        }
        return Script().answering(
            "DescribeConfigurationSettings",
            ["ConfigurationSettings": [["DeploymentStatus": "deployed", "OptionSettings": .array(options)]]]
        )
        .answering(
            "DescribeDBInstances",
            [
                "DBInstances": [
                    [
                        "DBInstanceIdentifier": "antenna-postgres", "Endpoint": ["Address": .string(Self.ours)],
                        "VpcSecurityGroups": [["VpcSecurityGroupId": "sg-0b"]],
                    ]
                ]
            ]
        )
        .with("DescribeReplicationGroups") { Self.found("ReplicationGroup", $0, Self.replicationGroup) }
        .with("DescribeCacheClusters") { Self.found("CacheCluster", $0, Self.cacheCluster) }
    }

    private static let replicationGroup: JSON = [
        "ReplicationGroupId": "redis", "MemberClusters": ["redis-001"],
        "NodeGroups": [["PrimaryEndpoint": ["Address": "master.redis.abc123.usw2.cache.amazonaws.com"]]],
    ]
    private static let cacheCluster: JSON = [
        "CacheClusterId": "redis-001", "ReplicationGroupId": "redis",
        "CacheNodes": [["Endpoint": ["Address": "redis-001.redis.abc123.usw2.cache.amazonaws.com"]]],
    ]

    private static func found(_ type: String, _ parameters: JSONObject, _ one: JSON) -> Result<JSON, AWSError> {
        guard parameters["\(type)Id"] == one["\(type)Id"] else {
            let code = type == "CacheCluster" ? "CacheClusterNotFound" : "ReplicationGroupNotFoundFault"
            return .failure(AWSError(reason: .rejected, code: code, message: "not found"))
        }
        return .success(["\(type)s": [one]])
    }

    @Test(arguments: [
        "rediss://:p@master.redis.abc123.usw2.cache.amazonaws.com:6379/0",
        "replica.redis.abc123.usw2.cache.amazonaws.com", "redis-ro.abc123.ng.0001.usw2.cache.amazonaws.com",
        "redis-001.abc123.0001.usw2.cache.amazonaws.com", "redis.abc123.usw2.cache.amazonaws.com",
        "redis-001.redis.abc123.usw2.cache.amazonaws.com",
    ])
    func `any host of a cache leads to the group and its clusters`(value: String) async throws {
        let observation = try await script(value).walk()
        #expect(observation.coverage.gaps.isEmpty)
        #expect(observation.content(Self.group) == Self.replicationGroup)
        #expect(observation.content(Self.cluster) == Self.cacheCluster)
        #expect(observation.facets.filter { $0.key.resource.kind == Self.group.kind && $0.value != nil }.count == 2)
    }

    @Test func `a database of another account is not confused with the local one of the same name`() async throws {
        let observation = try await script(Self.theirs).walk()
        let gap = try #require(observation.gap("DescribeDBInstances"))
        #expect(gap.outcome == .doubtful)
        #expect(
            gap.summary == "rds:DescribeDBInstances about antenna-postgres doubtful: "
                + "rds.db-instance/antenna-postgres is at another endpoint than the one that is named, which may be another account's"
        )
        #expect(!observation.isAnswered(Script.database))
        #expect(!observation.isAnswered(Script.databaseGroup))
        #expect(!observation.stored.contains(Self.theirs))
    }

    @Test func `a cache of another account is not confused with the local one of the same name`() async throws {
        let observation = try await script("master.redis.xyz789.usw2.cache.amazonaws.com").walk()
        #expect(observation.gap("DescribeReplicationGroups")?.outcome == .doubtful)
        #expect(!observation.isAnswered(Self.group))
        #expect(!observation.isAnswered(Self.cluster))
    }

    @Test func `one of two hosts is enough, whichever is named first`() async throws {
        for values in [[Self.ours, Self.theirs], [Self.theirs, Self.ours]] {
            let observation = try await script(values[0], values[1]).walk()
            #expect(observation.isAnswered(Script.database))
            #expect(observation.isAnswered(Script.databaseGroup))
            #expect(observation.coverage.gaps.isEmpty)
            #expect(observation.coverage.questions.filter { $0.operation == "DescribeDBInstances" }.count == 1)
        }
    }

    @Test func `a resource that is reached by its identity counts, whatever hosts name`() async throws {
        // The group leads to the cluster, which another account has too.
        let observation = try await script(
            "redis-001.xyz789.0001.usw2.cache.amazonaws.com", "master.redis.abc123.usw2.cache.amazonaws.com"
        ).walk { question in
            // The answer about the cluster arrives before the group leads to it.
            guard question.operation == "DescribeReplicationGroups" else { return }
            for _ in 0..<2000 { await Task.yield() }
        }
        #expect(observation.content(Self.cluster) == Self.cacheCluster)
        #expect(observation.coverage.gaps.isEmpty)
    }

    @Test func `a known database stays known when a property names another account's from now on`() async throws {
        let observation = try await script(Self.theirs).walk(known: [Script.database, Script.databaseGroup])
        #expect(observation.content(Script.database)?["Endpoint"] == ["Address": .string(Self.ours)])
        // It is doubtful whether the environment still leads there, and so is everything beyond.
        #expect(!observation.isAnswered(Script.database, "reach"))
        #expect(!observation.isAnswered(Script.databaseGroup, "reach"))
        #expect(
            observation.gap("DescribeDBInstances")?.facets
                == [FacetID(Script.database, "reach"), FacetID(Script.databaseGroup, "reach")])
        #expect(observation.coverage.questions.filter { $0.operation == "DescribeDBInstances" }.count == 1)
    }

    @Test func `a name that may be a group's or a cluster's leaves no gap if it is one of them`() async throws {
        let observation = try await script("redis-001.abc123.usw2.cache.amazonaws.com").walk()
        #expect(observation.isAnswered(Self.cluster))
        #expect(observation.isGone(ResourceID(.elastiCacheReplicationGroup, "redis-001")))
        #expect(observation.coverage.gaps.isEmpty)
    }

    @Test func `a serverless cache and a cluster of Aurora have no leads`() async throws {
        let observation = try await script(
            "redis-abc123.serverless.usw2.cache.amazonaws.com",
            "antenna.cluster-c9akciq32rpl.us-west-2.rds.amazonaws.com",
            "antenna.cluster-ro-c9akciq32rpl.us-west-2.rds.amazonaws.com",
            "antenna.proxy-c9akciq32rpl.us-west-2.rds.amazonaws.com"
        ).walk()
        #expect(observation.coverage.questions.allSatisfy { !["rds", "elasticache"].contains($0.service) })
        #expect(observation.coverage.gaps.isEmpty)
    }
}
