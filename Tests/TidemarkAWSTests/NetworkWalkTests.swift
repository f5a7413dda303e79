import AWSClient
import StrictJSON
import Testing
import Tidemark

@testable import TidemarkAWS

/// Instances, Auto Scaling groups, load balancers and the network.
struct NetworkWalkTests {
    private static let prefix = "arn:aws:elasticloadbalancing:us-west-2:123456789012"
    private let balancer = ResourceID(.elbv2LoadBalancer, "\(prefix):loadbalancer/app/awseb/50dc")
    private let listener = ResourceID(.elbv2Listener, "\(prefix):listener/app/awseb/50dc/f2f7")
    private let targets = ResourceID(.elbv2TargetGroup, "\(prefix):targetgroup/awseb/73e2")

    // MARK: Instances come and go

    @Test func `a terminated instance is gone, whether the environment still names it or not`() async throws {
        let old = ResourceID(.ec2Instance, "i-0")
        let observation = try await Script().with("DescribeInstances") { parameters in
            .success(Script.instances(parameters["InstanceIds"]?.array ?? [], state: "terminated"))
        }.walk(known: [old])
        for instance in [old, Script.instance] {
            #expect(observation.isGone(instance) && observation.isGone(instance, "reach"))
        }
        #expect(observation.coverage.gaps.isEmpty)
        #expect(!observation.isAnswered(Script.instanceGroup))
    }

    @Test func `an instance that AWS has forgotten is gone`() async throws {
        let observation = try await Script().failing("DescribeInstances", .rejected, code: "InvalidInstanceID.NotFound")
            .walk()
        #expect(observation.isGone(Script.instance))
        #expect(observation.coverage.gaps.isEmpty)
    }

    @Test func `a group that is left out of the answer is gone`() async throws {
        let old = ResourceID(.autoScalingGroup, "awseb-group-of-old")
        let observation = try await Script().walk(known: [old])
        #expect(observation.isGone(old))
        #expect(observation.coverage.gaps.isEmpty)
    }

    @Test func `a group that is left out though the environment names it is doubtful`() async throws {
        let observation = try await Script().answering("DescribeAutoScalingGroups", ["AutoScalingGroups": []])
            .walk(known: [Script.autoScalingGroup])
        #expect(observation.gap("DescribeAutoScalingGroups")?.outcome == .doubtful)
        #expect(!observation.isAnswered(Script.autoScalingGroup))
    }

    // MARK: Route tables

    private let oldTable = ResourceID(.ec2RouteTable, "vpc-1/rtb-0")
    private let otherVPC = ResourceID(.ec2VPC, "vpc-12")
    private let otherTable = ResourceID(.ec2RouteTable, "vpc-12/rtb-2")

    @Test func `a table that is not on its VPC's list is gone, and another VPC lists its own`() async throws {
        let observation = try await Script().walk(known: [oldTable, otherVPC, otherTable])
        #expect(observation.isGone(oldTable))
        #expect(observation.content(otherTable)?["RouteTableId"] == "rtb-2")
        #expect(observation.content(otherVPC, "reach") == ["reached": false])
        #expect(observation.coverage.questions.filter { $0.operation == "DescribeRouteTables" }.count == 2)
    }

    @Test func `without a VPC there are no tables`() async throws {
        let observation = try await Script().with("DescribeVpcs") { parameters in
            parameters["VpcIds"] == ["vpc-12"]
                ? .failure(AWSError(reason: .rejected, code: "InvalidVpcID.NotFound", message: "gone"))
                : Script().answers["DescribeVpcs"]?(parameters) ?? .success(.null)
        }.walk(known: [otherVPC, otherTable])
        #expect(observation.isGone(otherVPC))
        #expect(observation.isGone(otherTable))
        #expect(observation.isAnswered(Script.routeTable))
        #expect(observation.coverage.gaps.isEmpty)
    }

    @Test(arguments: [[], [["RouteTableId": "rtb-2", "Associations": []]]] as [JSON])
    func `a list that lacks the main table is doubtful`(tables: JSON) async throws {
        let observation = try await Script().answering("DescribeRouteTables", ["RouteTables": tables])
            .walk(known: [Script.routeTable])
        #expect(observation.gap("DescribeRouteTables")?.outcome == .doubtful)
        #expect(
            observation.gap("DescribeRouteTables")?.summary.hasPrefix("ec2:DescribeRouteTables about vpc-1 doubtful")
                == true)
        #expect(!observation.isAnswered(Script.routeTable))
        #expect(observation.coverage.gaps.over(FacetID(oldTable, "description")) != nil)
        #expect(observation.coverage.gaps.over(FacetID(otherTable, "description")) == nil)
    }

    // MARK: Load balancers

    /// The stack with a load balancer.
    private var balanced: Script {
        let (balancer, listener, targets) = (balancer.identity, listener.identity, targets.identity)
        return Script().answering(
            "DescribeEnvironmentResources",
            ["EnvironmentResources": ["Instances": [], "LoadBalancers": [["Name": .string(balancer)]]]]
        ).answering(
            "DescribeLoadBalancers",
            [
                "LoadBalancers": [
                    [
                        "LoadBalancerArn": .string(balancer), "LoadBalancerName": "awseb", "VpcId": "vpc-1",
                        "State": ["Code": "active"], "SecurityGroups": ["sg-1b"],
                        "AvailabilityZones": [["ZoneName": "us-west-2b", "SubnetId": "subnet-2"]],
                    ]
                ]
            ]
        ).answering(
            "DescribeListeners",
            [
                "Listeners": [
                    [
                        "ListenerArn": .string(listener), "Port": 80,
                        "DefaultActions": [["Type": "forward", "TargetGroupArn": .string(targets)]],
                    ]
                ]
            ]
        ).answering(
            "DescribeTargetGroups", ["TargetGroups": [["TargetGroupArn": .string(targets), "VpcId": "vpc-1"]]])
    }

    @Test func `a load balancer leads to its listeners, their targets, its groups and subnets`() async throws {
        let old = ResourceID(.elbv2Listener, "\(listener.identity)0")
        let observation = try await balanced.walk(known: [old])
        #expect(observation.coverage.gaps.isEmpty)
        for resource in [
            balancer, listener, targets, ResourceID(.ec2SecurityGroup, "sg-1b"),
            ResourceID(.ec2Subnet, "subnet-2"), Script.vpc, Script.routeTable,
        ] { #expect(observation.isAnswered(resource), "\(resource)") }
        #expect(observation.isGone(old))
        #expect(
            observation.readings.contains { $0.resource == balancer && $0.name == "State.Code" && $0.value == "active" }
        )
    }

    @Test func `without a load balancer there are no listeners`() async throws {
        let observation = try await balanced.failing("DescribeLoadBalancers", .rejected, code: "LoadBalancerNotFound")
            .walk(known: [listener])
        #expect(observation.isGone(balancer))
        #expect(observation.isGone(listener))
        #expect(observation.coverage.gaps.isEmpty)
    }

    @Test func `the absence of a load balancer is known, unless the environment's resources are unseen`() async throws {
        let (seen, denied) = try await (Script().walk(), Script().failing("DescribeEnvironmentResources").walk())
        #expect(seen.coverage.gaps.hidingAny(of: .elbv2LoadBalancer) == nil)
        #expect(denied.coverage.gaps.hidingAny(of: .elbv2LoadBalancer) != nil)
        for operation in ["DescribeInstances", "DescribeAutoScalingGroups", "DescribeConfigurationSettings"] {
            let observation = try await Script().failing(operation).walk()
            #expect(observation.coverage.gaps.hidingAny(of: .elbv2LoadBalancer) == nil, "\(operation)")
        }
    }
}
