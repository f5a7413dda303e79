import AWSClient
import StrictJSON
import Testing
import Tidemark

@testable import TidemarkAWS
@testable import TidemarkKinds

/// What a walk keeps of resources of which AWS reports that they do not exist.
struct GoneWalkTests {
    private static let gone: JSON = ["gone": true]
    private let missing = Script().failing("DescribeDBInstances", .rejected, code: "DBInstanceNotFound")

    @Test func `a resource that never existed is gone if something refers to it`() async throws {
        let observation = try await missing.walk()
        #expect(observation.isGone(Script.database))
        #expect(observation.content(Script.database, "reach") == Self.gone)
    }

    @Test func `a listed resource of the environment that does not exist is gone`() async throws {
        let replica = ResourceID(.rdsDBInstance, "antenna-replica")
        let observation = try await missing.walk(also: [replica])
        #expect(observation.content(replica, "reach") == Self.gone)
    }

    @Test func `a description ends that a resource is gone`() async throws {
        #expect(try await Script().walk().content(Script.database, "reach") == ["reached": true])
    }

    @Test func `a failed question says nothing of what is gone`() async throws {
        let observation = try await Script().failing("DescribeDBInstances").walk()
        #expect(!observation.isAnswered(Script.database, "reach"))
    }

    /// A host of ElastiCache may name a group or a cluster.
    @Test(arguments: [true, false])
    func `another reading of a host is gone only if no reading of it exists`(exists: Bool) async throws {
        let (group, cluster) = (
            ResourceID(.elastiCacheReplicationGroup, "redis"), ResourceID(.elastiCacheCacheCluster, "redis")
        )
        let settings: JSON = [
            "ConfigurationSettings": [
                [
                    "DeploymentStatus": "deployed",
                    "OptionSettings": [
                        [
                            "Namespace": "aws:elasticbeanstalk:application:environment", "OptionName": "HOST",
                            "Value": "redis.abc123.usw2.cache.amazonaws.com",
                        ]
                    ],
                ]
            ]
        ]
        let script = Script().answering("DescribeConfigurationSettings", settings)
            .failing("DescribeCacheClusters", .rejected, code: "CacheClusterNotFound")
        let observation = try await
            (exists
            ? script.answering(
                "DescribeReplicationGroups",
                [
                    "ReplicationGroups": [
                        [
                            "ReplicationGroupId": "redis",
                            "ConfigurationEndpoint": ["Address": "redis.abc123.usw2.cache.amazonaws.com"],
                        ]
                    ]
                ])
            : script.failing("DescribeReplicationGroups", .rejected, code: "ReplicationGroupNotFoundFault")).walk()
        #expect(observation.content(group, "reach") == (exists ? ["reached": true] : Self.gone))
        #expect(observation.content(cluster, "reach") == (exists ? JSON?.none : Self.gone))
        let known = try await script.walk(known: [cluster])
        #expect(known.content(cluster, "reach") == Self.gone)
    }

    @Test func `the title of a resource is kept when it is gone`() async throws {
        let observation = try await Script().walk()
        #expect(observation.content(Script.databaseGroup, "title") == ["title": "group"])
        let later = try await Script().failing("DescribeSecurityGroups", .rejected, code: "InvalidGroup.NotFound")
            .walk(known: [Script.databaseGroup])
        #expect(later.content(Script.databaseGroup, "reach") == Self.gone)
        #expect(!later.isAnswered(Script.databaseGroup, "title"))
    }

    @Test func `nothing is kept of what is listed wholly or replaced routinely`() async throws {
        let group = ResourceID(.ec2SecurityGroup, "sg-9")
        let known: Set<ResourceID> = [
            group, ResourceID(.ec2Instance, "i-9"), Script.tag("v8"), ResourceID(.ecsContainer, "old"),
            ResourceID(.autoScalingGroup, "awseb-old"),
        ]
        let script = Script().with("DescribeSecurityGroups") { parameters in
            parameters["GroupIds"] == ["sg-9"]
                ? .failure(AWSError(reason: .rejected, code: "InvalidGroup.NotFound", message: "gone"))
                : Script().answers["DescribeSecurityGroups"]?(parameters) ?? .success(.null)
        }.with("DescribeInstances") { parameters in
            parameters["InstanceIds"] == ["i-9"]
                ? .failure(AWSError(reason: .rejected, code: "InvalidInstanceID.NotFound", message: "gone"))
                : Script().answers["DescribeInstances"]?(parameters) ?? .success(.null)
        }
        let observation = try await script.walk(known: known, routine: [group])
        for resource in known {
            #expect(observation.isGone(resource) && observation.isGone(resource, "reach"), "\(resource)")
        }
        #expect(observation.isGone(group, "title"))
    }

    @Test func `an alarm that is listed as part of the environment is recorded, or gone`() async throws {
        let (other, absent) = (
            ResourceID(.cloudWatchAlarm, "other-cpu"), ResourceID(.cloudWatchAlarm, "absent")
        )
        let observation = try await Script().walk(also: [other, absent])
        #expect(observation.content(other)?["MetricName"] == "CPUUtilization")
        #expect(observation.content(other, "reach") == ["reached": true])
        #expect(observation.content(absent, "reach") == Self.gone)
    }
}
