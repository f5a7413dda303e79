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
        .with("DescribeDBInstances") { Self.found("DBInstance", "Identifier", $0, Self.database) }
        .with("DescribeReplicationGroups") { Self.found("ReplicationGroup", "Id", $0, Self.replicationGroup) }
        .with("DescribeCacheClusters") { Self.found("CacheCluster", "Id", $0, Self.cacheCluster) }
    }

    private static let database: JSON = [
        "DBInstanceIdentifier": "antenna-postgres", "Endpoint": ["Address": .string(ours)],
        "VpcSecurityGroups": [["VpcSecurityGroupId": "sg-0b"]],
    ]
    private static let replicationGroup: JSON = [
        "ReplicationGroupId": "redis", "MemberClusters": ["redis-001"],
        "NodeGroups": [["PrimaryEndpoint": ["Address": "master.redis.abc123.usw2.cache.amazonaws.com"]]],
    ]
    private static let cacheCluster: JSON = [
        "CacheClusterId": "redis-001", "ReplicationGroupId": "redis",
        "CacheNodes": [["Endpoint": ["Address": "redis-001.redis.abc123.usw2.cache.amazonaws.com"]]],
    ]

    private static func found(
        _ type: String, _ key: String, _ parameters: JSONObject, _ one: JSON
    ) -> Result<JSON, AWSError> {
        guard parameters["\(type)\(key)"] == one["\(type)\(key)"] else {
            let code = "\(type)NotFound\(type == "ReplicationGroup" ? "Fault" : "")"
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

    @Test(arguments: [
        (theirs, "DB instance of another account, or deleted"),
        ("antenna.c9akciq32rpl.us-west-2.rds.amazonaws.com", "DB instance of another account, or deleted"),
        ("antenna-postgres.c9akciq32rpl.eu-west-1.rds.amazonaws.com", "DB instance in eu-west-1"),
        ("antenna.cluster-ro-c9akciq32rpl.us-west-2.rds.amazonaws.com", "DB cluster"),
        ("master.redis.xyz789.usw2.cache.amazonaws.com", "cache of another account or region, or deleted"),
        ("redis-abc123.serverless.usw2.cache.amazonaws.com", "serverless cache"),
    ])
    func `a host at which no resource is found is not followed`(host: String, what: String) async throws {
        let observation = try await script("scheme://u:p@\(host):1234/path").walk()
        #expect(observation.notFollowedHosts?.map(\.description) == ["\(host) (\(what))"])
        #expect(observation.coverage.gaps.isEmpty)
        #expect(!observation.isAnswered(Script.database))
        #expect(!observation.isAnswered(Script.databaseGroup))
        #expect(!observation.isAnswered(Self.group))
        #expect(!observation.isAnswered(Self.cluster))
    }

    @Test func `the list is empty where every host was followed`() async throws {
        let observation = try await script(Self.ours, "master.redis.abc123.usw2.cache.amazonaws.com").walk()
        #expect(observation.notFollowedHosts == [])
    }

    @Test(arguments: ["DescribeConfigurationSettings", "DescribeTaskDefinition", "DescribeDBInstances"])
    func `the list is unseen where an answer is missing that it needs`(operation: String) async throws {
        let denied = AWSError(reason: .denied, code: "AccessDenied", message: "no")
        let observation = try await script(Self.theirs, "antenna.proxy-c9akciq32rpl.us-west-2.rds.amazonaws.com")
            .with(operation) { _ in .failure(denied) }.walk()
        #expect(observation.notFollowedHosts == nil)
        #expect(!observation.isAnswered(Script.environment, Snapshot.notFollowed))
        #expect(observation.gap(operation)?.outcome == .denied)
    }

    @Test func `one of two hosts is enough, whichever is named first`() async throws {
        for values in [[Self.ours, Self.theirs], [Self.theirs, Self.ours]] {
            let observation = try await script(values[0], values[1]).walk()
            #expect(observation.isAnswered(Script.database))
            #expect(observation.isAnswered(Script.databaseGroup))
            #expect(observation.notFollowedHosts?.map(\.host) == [Self.theirs])
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

    @Test func `a known database is left when a property names another account's from now on`() async throws {
        let observation = try await script(Self.theirs).walk(known: [Script.database, Script.databaseGroup])
        #expect(observation.content(Script.database)?["Endpoint"] == ["Address": .string(Self.ours)])
        #expect(observation.facets[FacetID(Script.database, Snapshot.reach)] == ["reached": false])
        #expect(observation.facets[FacetID(Script.databaseGroup, Snapshot.reach)] == ["reached": false])
        #expect(observation.notFollowedHosts?.map(\.host) == [Self.theirs])
        #expect(observation.coverage.gaps.isEmpty)
        #expect(observation.coverage.questions.filter { $0.operation == "DescribeDBInstances" }.count == 1)
    }

    @Test func `a name that may be a group's or a cluster's leaves no gap if it is one of them`() async throws {
        let observation = try await script("redis-001.abc123.usw2.cache.amazonaws.com").walk()
        #expect(observation.isAnswered(Self.cluster))
        #expect(observation.isGone(ResourceID(.elastiCacheReplicationGroup, "redis-001")))
        #expect(observation.coverage.gaps.isEmpty)
    }
}
