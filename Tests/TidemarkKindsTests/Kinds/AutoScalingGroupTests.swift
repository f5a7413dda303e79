import StrictJSON
import Testing
import TidemarkTestSupport

@testable import Tidemark
@testable import TidemarkKinds

struct AutoScalingGroupTests {
    private let kind = KindDefinition.autoScalingGroup

    @Test(
        arguments: [
            (.ec2Subnet, ["subnet-1", "subnet-2"]), (.elbv2TargetGroup, ["arn:targets"]),
        ] as [(Kind, [String])])
    func `a group leads to its subnets and target groups`(kind: Kind, identities: [String]) throws {
        let group: JSON = [
            "AutoScalingGroupName": "awseb-group", "VPCZoneIdentifier": "subnet-1,subnet-2",
            "TargetGroupARNs": ["arn:targets"],
        ]
        let other: JSON = ["AutoScalingGroupName": "awseb-group-2", "VPCZoneIdentifier": "subnet-9"]
        let answer = Stack.answer(["AutoScalingGroups": [other, group]], about: "awseb-group")
        #expect(try self.kind.identities(of: kind, beyond: "group", answer) == identities)
    }

    @Test func `values that scaling changes are not part of a group`() throws {
        let facet = try #require(kind.facet("description"))
        let content: JSON = [
            "MinSize": 2, "MaxSize": 4, "DesiredCapacity": 3, "PredictedCapacity": 4, "WarmPoolSize": 1,
            "Instances": [["InstanceId": "i-1", "LifecycleState": "InService", "HealthStatus": "Healthy"]],
            "TerminationPolicies": ["OldestInstance", "Default"],
        ]
        #expect(
            facet.read(content, names: PropertyNames()).content
                == ["MinSize": 2, "MaxSize": 4, "TerminationPolicies": ["OldestInstance", "Default"]])
    }
}
