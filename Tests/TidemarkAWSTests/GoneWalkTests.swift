import AWSClient
import StrictJSON
import Testing
import Tidemark

@testable import TidemarkAWS
@testable import TidemarkKinds

/// What a walk keeps of resources of which AWS reports that they do not exist.
struct GoneWalkTests {
    private static let (gone, neverSeen) = (Snapshot.tombstone(wasSeen: true), Snapshot.tombstone(wasSeen: false))
    private let missing = Script().failing("DescribeDBInstances", .rejected, code: "DBInstanceNotFound")

    @Test func `a resource that never existed is gone as long as something refers to it`() async throws {
        let other = ResourceID(.rdsDBInstance, "typo")
        for known: Set in [[], [Script.database, other]] {
            let observation = try await missing.walk(neverSeen: known)
            #expect(observation.isGone(Script.database))
            #expect(observation.content(Script.database, "reach") == Self.neverSeen)
            #expect(observation.isGone(other, "reach") == known.contains(other))
        }
        let unread = try await Script().failing("DescribeConfigurationSettings").walk(neverSeen: [other])
        #expect(!unread.isAnswered(other, "reach"))
    }

    @Test func `a resource that was described stays gone for good`() async throws {
        for known in [Script.database, ResourceID(.rdsDBInstance, "old")] {
            let observation = try await missing.walk(gone: [known])
            #expect(observation.content(known, "reach") == (known == Script.database ? Self.gone : JSON?.none))
            #expect(!observation.isGone(known, "reach"))
        }
    }

    @Test func `a resource that is replaced routinely is gone as long as something refers to it`() async throws {
        let group = Script.databaseGroup
        let script = Script().failing("DescribeSecurityGroups", .rejected, code: "InvalidGroup.NotFound")
        let first = try await script.walk(known: [group], routine: [group])
        #expect(first.content(group, "reach") == Self.neverSeen)
        #expect(try await script.walk(neverSeen: [group]).content(group, "reach") == Self.neverSeen)
    }

    @Test func `a listed resource of the environment that does not exist is gone`() async throws {
        let replica = ResourceID(.rdsDBInstance, "antenna-replica")
        let observation = try await missing.walk(also: [replica])
        #expect(observation.content(replica, "reach") == Self.neverSeen)
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
        #expect(observation.content(group, "reach") == (exists ? ["reached": true] : Self.neverSeen))
        #expect(observation.content(cluster, "reach") == (exists ? JSON?.none : Self.neverSeen))
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
        #expect(observation.content(absent, "reach") == Self.neverSeen)
    }
}
