import StrictJSON
import Testing
import TidemarkTestSupport

@testable import Tidemark
@testable import TidemarkKinds

struct AlarmTests {
    private let kind = KindDefinition.cloudWatchAlarm
    private let alarm = ResourceID(.cloudWatchAlarm, "antenna-database-cpu")

    private static func alarm(_ members: JSONObject = [:], _ dimensions: (String, String)...) -> JSON {
        var alarm: JSONObject = [
            "AlarmName": "antenna-database-cpu", "Namespace": "AWS/RDS", "MetricName": "CPUUtilization",
            "Dimensions": .array(dimensions.map { ["Name": .string($0), "Value": .string($1)] }),
            "Statistic": "Average", "Period": 300, "EvaluationPeriods": 2, "Threshold": 80,
            "ComparisonOperator": "GreaterThanThreshold", "StateValue": "OK",
        ]
        for (name, value) in members.members { alarm[name] = value }
        return .object(alarm)
    }

    private func linkKeys(_ alarm: JSON) throws -> Set<LinkKey> {
        let members = try #require(kind.members)
        let found = try #require(try members.find(Stack.answer(["MetricAlarms": [alarm]]))?.first)
        let linkKeys = try #require(members.linkKeys)
        return linkKeys(found)
    }

    // MARK: What ties it to an environment

    @Test(
        arguments: [
            (alarm([:], ("EnvironmentName", "antenna-prod")), LinkKey("EnvironmentName", "antenna-prod")),
            (
                alarm([:], ("DBInstanceIdentifier", "antenna-postgres")),
                LinkKey("DBInstanceIdentifier", "antenna-postgres")
            ),
            (alarm([:], ("CacheClusterId", "antenna-redis-001")), LinkKey("CacheClusterId", "antenna-redis-001")),
            (
                alarm([:], ("AutoScalingGroupName", "awseb-e-abcde12345-stack-AWSEBAutoScalingGroup-1X")),
                LinkKey("EnvironmentId", "e-abcde12345")
            ),
            (
                alarm(["AlarmName": "awseb-e-abcde12345-stack-AWSEBCloudwatchAlarmHigh-1X"]),
                LinkKey("EnvironmentId", "e-abcde12345")
            ),
            (
                alarm([:], ("LogGroupName", "/aws/elasticbeanstalk/antenna/var/log/web.log")),
                LinkKey("EnvironmentName", "antenna")
            ),
            (
                alarm([
                    "MetricName": .null,
                    "Metrics": [
                        ["Id": "e1", "Expression": "m1/m2"],
                        [
                            "Id": "m1",
                            "MetricStat": [
                                "Metric": ["Dimensions": [["Name": "EnvironmentName", "Value": "antenna-prod"]]]
                            ],
                        ],
                    ],
                ]), LinkKey("EnvironmentName", "antenna-prod")
            ),
        ] as [(JSON, LinkKey)])
    func `a dimension or a name that Elastic Beanstalk gave ties it`(alarm: JSON, key: LinkKey) throws {
        #expect(try linkKeys(alarm).contains(key))
    }

    @Test func `a name that only begins with the environment's links nothing`() throws {
        let other = Self.alarm(["AlarmName": "antenna-prod-cpu"], ("EnvironmentName", "antenna-prod-2"))
        let logs = Self.alarm([:], ("LogGroupName", "/aws/elasticbeanstalk/antenna-prod-2/var/log/web.log"))
        let ours = Set([LinkKey("EnvironmentName", "antenna-prod"), LinkKey("EnvironmentId", "e-abc")])
        #expect(try linkKeys(other).isDisjoint(with: ours))
        #expect(try linkKeys(logs).isDisjoint(with: ours))
    }

    @Test func `a cache and its nodes link alarms by their names`() throws {
        let group: JSON = ["ReplicationGroups": [["ReplicationGroupId": "redis"]]]
        let node: JSON = ["CacheClusters": [["CacheClusterId": "redis-001"]]]
        let groups = try #require(KindDefinition.elastiCacheReplicationGroup.question("group"))
        let nodes = try #require(KindDefinition.elastiCacheCacheCluster.question("cluster"))
        #expect(
            groups.linkKeys(of: kind.kind, in: Stack.answer(group, about: "redis")) == [
                LinkKey("ReplicationGroupId", "redis")
            ])
        #expect(
            nodes.linkKeys(of: kind.kind, in: Stack.answer(node, about: "redis-001")) == [
                LinkKey("CacheClusterId", "redis-001")
            ])
        #expect(nodes.linkKeys(of: kind.kind, in: Stack.answer([:], about: "redis-001")) == [])
    }

    @Test func `the environment's resources link alarms by CloudWatch's names for them`() throws {
        let kind = KindDefinition.elasticBeanstalkEnvironment
        let arn = "arn:aws:elasticloadbalancing:us-west-2:123456789012:loadbalancer/app/awseb--AWSEB-1/50dc6c495c0c9188"
        let resources: JSON = [
            "EnvironmentResources": [
                "AutoScalingGroups": [["Name": "group"]], "Instances": [["Id": "i-1"]],
                "LoadBalancers": [["Name": .string(arn)], ["Name": "awseb-e-a-AWSEBLoa-1"]],
            ]
        ]
        let found = try #require(kind.question("resources")).linkKeys(of: .cloudWatchAlarm, in: Stack.answer(resources))
        #expect(
            found == [
                LinkKey("LoadBalancer", "app/awseb--AWSEB-1/50dc6c495c0c9188"),
                LinkKey("LoadBalancerName", "awseb-e-a-AWSEBLoa-1"), LinkKey("AutoScalingGroupName", "group"),
                LinkKey("InstanceId", "i-1"),
            ])
        let environment: JSON = ["Environments": [["EnvironmentName": "antenna-prod", "EnvironmentId": "e-abc"]]]
        #expect(
            try #require(kind.question("environment")).linkKeys(of: .cloudWatchAlarm, in: Stack.answer(environment))
                == [
                    LinkKey("EnvironmentName", "antenna-prod"), LinkKey("EnvironmentId", "e-abc"),
                ])
    }

    // MARK: Facts

    @Test func `its state is a reading, and no part of it`() throws {
        let facet = try #require(kind.facet("description"))
        let content: JSON = [
            "AlarmName": "a", "StateValue": "OK", "StateReason": "1 datapoint", "EvaluationState": "x",
            "AlarmConfigurationUpdatedTimestamp": "2026-11-29T21:42:59.680Z",
        ]
        #expect(facet.read(content, names: PropertyNames()).content == ["AlarmName": "a"])
        #expect(facet.readings == ["StateValue"])
    }

    private func seen(_ fact: String, _ content: JSON) throws -> JSON? {
        try SnapshotView.of([alarm.described: content]).seen(fact, of: alarm)
    }

    @Test func `the watched metric is described in words`() throws {
        let several = Self.alarm([:], ("InstanceId", "i-1"), ("EnvironmentName", "antenna-prod"))
        #expect(try seen("watches", several) == ["AWS/RDS CPUUtilization EnvironmentName=antenna-prod InstanceId=i-1"])
        let query: JSON = ["EvaluationCriteria": ["PromQLCriteria": ["Query": "up == 0"]]]
        #expect(try seen("watches", query) == ["PromQL up == 0"])
    }

    @Test(
        arguments: [
            ([:], "CPUUtilization > 80 for 2 x 300 s"),
            (["Threshold": .number(JSONNumber("0.5")!)], "CPUUtilization > 0.5 for 2 x 300 s"),
            (["Threshold": .number(JSONNumber("15.0")!)], "CPUUtilization > 15 for 2 x 300 s"),
            (
                ["EvaluationPeriods": 3, "DatapointsToAlarm": 2, "ComparisonOperator": "LessThanOrEqualToThreshold"],
                "CPUUtilization <= 80 for 2 of 3 x 300 s"
            ),
            (
                [
                    "MetricName": nil, "Period": nil, "Threshold": nil, "ThresholdMetricId": "band",
                    "ComparisonOperator": "GreaterThanUpperThreshold",
                    "Metrics": [
                        ["Id": "band", "Expression": "ANOMALY_DETECTION_BAND(m1, 2)"],
                        [
                            "Id": "m1",
                            "MetricStat": [
                                "Period": 60, "Metric": ["Namespace": "AWS/RDS", "MetricName": "ReadIOPS"],
                            ],
                        ],
                    ],
                ], "ReadIOPS above ANOMALY_DETECTION_BAND(m1, 2) for 2 x 60 s"
            ),
            (
                [
                    "MetricName": nil, "Period": nil,
                    "Metrics": [
                        ["Id": "e1", "Expression": "m1 / m2"],
                        [
                            "Id": "m1", "ReturnData": false,
                            "MetricStat": ["Period": 60, "Metric": ["MetricName": "5xx"]],
                        ],
                    ],
                ], "m1 / m2 > 80 for 2 periods"
            ),
        ] as [(JSONObject, String)])
    func `its condition is described in words`(members: JSONObject, words: String) throws {
        var alarm = Self.alarm().object ?? [:]
        for (name, value) in members.members { alarm[name] = value.isNull ? .none : .some(value) }
        #expect(try seen("condition", .object(alarm)) == .string(words))
    }
}
