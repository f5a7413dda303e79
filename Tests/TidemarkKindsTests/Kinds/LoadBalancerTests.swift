import StrictJSON
import Testing
import TidemarkTestSupport

@testable import Tidemark
@testable import TidemarkKinds

struct LoadBalancerTests {
    private static let prefix = "arn:aws:elasticloadbalancing:us-west-2:123456789012"
    private let arn = "\(prefix):loadbalancer/app/awseb/50dc6c49"
    private let listener = "\(prefix):listener/app/awseb/50dc6c49/f2f7dc8e"

    @Test(
        arguments: [
            (.ec2SecurityGroup, ["sg-1"]), (.ec2Subnet, ["subnet-1", "subnet-2"]), (.ec2VPC, ["vpc-1"]),
        ] as [(Kind, [String])])
    func `a load balancer leads to its network`(kind: Kind, identities: [String]) throws {
        let balancer: JSON = [
            "LoadBalancerArn": .string(arn), "VpcId": "vpc-1", "SecurityGroups": ["sg-1"],
            "AvailabilityZones": [
                ["ZoneName": "us-west-2a", "SubnetId": "subnet-1"], ["ZoneName": "us-west-2b", "SubnetId": "subnet-2"],
            ],
        ]
        let answer = Stack.answer(["LoadBalancers": [balancer]], about: arn)
        #expect(
            try KindDefinition.elbv2LoadBalancer.identities(of: kind, beyond: "load-balancer", answer) == identities)
    }

    @Test func `its title is its name, and its state is a reading`() throws {
        let resource = ResourceID(.elbv2LoadBalancer, arn)
        let facet = try #require(KindDefinition.elbv2LoadBalancer.facet("description"))
        let content: JSON = ["LoadBalancerName": "awseb", "State": ["Code": "active"]]
        let stored = facet.read(content, names: PropertyNames()).content
        #expect(stored == ["LoadBalancerName": "awseb"])
        #expect(try SnapshotView.of([resource.described: stored]).label(of: resource) == "elbv2.load-balancer/awseb")
    }

    @Test func `a token in the path of a health check is redacted`() throws {
        let facet = try #require(KindDefinition.elbv2TargetGroup.facet("description"))
        let (stored, secrets) = facet.read(["HealthCheckPath": "/up?token=hunter2"], names: PropertyNames())
        #expect(stored == ["HealthCheckPath": "/up?REDACTED"])
        #expect(secrets.map(\.bytes) == [Array("token=hunter2".utf8)])
    }

    @Test func `the permission has IAM's name for the service`() throws {
        let question = try #require(KindDefinition.elbv2LoadBalancer.question("load-balancer"))
        #expect(question.action == "elasticloadbalancing:DescribeLoadBalancers")
        #expect(question.filled(with: [:]).action == question.action)
    }

    // MARK: Listeners

    @Test func `listeners belong to their load balancer, not to one whose ARN begins the same`() throws {
        let members = try #require(KindDefinition.elbv2Listener.members)
        let scope = MemberScope(.elbv2Listener, prefix: members.prefix(arn))
        #expect(scope.contains(ResourceID(.elbv2Listener, listener)))
        #expect(!scope.contains(ResourceID(.elbv2Listener, "\(Self.prefix):listener/app/awseb/50dc6c491/f2f7dc8e")))
        #expect(members.owner(listener) == ResourceID(.elbv2LoadBalancer, arn))
    }

    @Test func `listeners are listed, and lead to where they forward`() throws {
        let forward: JSON = [
            "Type": "forward", "TargetGroupArn": "arn:one",
            "ForwardConfig": ["TargetGroups": [["TargetGroupArn": "arn:one"], ["TargetGroupArn": "arn:two"]]],
        ]
        let listeners: JSON = [["ListenerArn": .string(listener), "Port": 80, "DefaultActions": [forward]]]
        let answer = Stack.answer(["Listeners": listeners], about: arn)
        let members = try #require(KindDefinition.elbv2Listener.members)
        #expect(try members.find(answer)?.map(\.identity) == [listener])
        // One without listeners is usual while it is being set up.
        #expect(try members.find(Stack.answer(["Listeners": []], about: arn))?.isEmpty == true)
        #expect(try members.find(Stack.answer([:], about: arn)) == nil)
        let groups = try KindDefinition.elbv2Listener.identities(of: .elbv2TargetGroup, beyond: "listeners", answer)
        #expect(Set(groups) == ["arn:one", "arn:two"])
    }

    @Test func `the secret of a sign-in is redacted`() throws {
        let facet = try #require(KindDefinition.elbv2Listener.facet("description"))
        let content: JSON = [
            "DefaultActions": [["AuthenticateOidcConfig": ["ClientId": "shop", "ClientSecret": "hunter2"]]]
        ]
        #expect(
            facet.read(content, names: PropertyNames()).content == [
                "DefaultActions": [["AuthenticateOidcConfig": ["ClientId": "shop", "ClientSecret": Redacted.value]]]
            ])
    }

    @Test func `what a listener adds to a request is redacted, and what it passes on stays`() throws {
        let facet = try #require(KindDefinition.elbv2Listener.facet("description"))
        func content(_ parameters: JSON, _ query: JSON) -> JSON {
            [
                "DefaultActions": [
                    [
                        "AuthenticateOidcConfig": ["AuthenticationRequestExtraParams": parameters],
                        "AuthenticateCognitoConfig": ["AuthenticationRequestExtraParams": parameters],
                        "RedirectConfig": ["Path": "/#{path}", "Query": query],
                    ]
                ]
            ]
        }
        let read = facet.read(content(["key": "hunter2"], "key=hunter2&#{query}"), names: PropertyNames())
        #expect(read.content == content(Redacted.value, Redacted.value))
        let plain = content([:], "#{query}")
        #expect(facet.read(plain, names: PropertyNames()).content == plain)
    }

    // MARK: Target groups

    @Test func `a target group leads to its VPC, where it has one`() throws {
        let kind = KindDefinition.elbv2TargetGroup
        func answer(_ group: JSON) -> Answer { Stack.answer(["TargetGroups": [group]], about: "arn:one") }
        let inVPC = answer(["TargetGroupArn": "arn:one", "VpcId": "vpc-1"])
        #expect(try kind.identities(of: .ec2VPC, beyond: "target-group", inVPC) == ["vpc-1"])
        let ofLambda = answer(["TargetGroupArn": "arn:one", "TargetType": "lambda"])
        #expect(try kind.identities(of: .ec2VPC, beyond: "target-group", ofLambda).isEmpty)
    }
}
