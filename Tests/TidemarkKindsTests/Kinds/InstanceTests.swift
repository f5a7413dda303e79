import StrictJSON
import Testing
import TidemarkTestSupport

@testable import Tidemark
@testable import TidemarkKinds

struct InstanceTests {
    private let instance = ResourceID(.ec2Instance, "i-1")
    private let kind = KindDefinition.ec2Instance

    private func answer(_ instances: JSON...) -> Answer {
        Stack.answer(["Reservations": .array(instances.map { ["Instances": [$0]] })], about: "i-1")
    }

    @Test func `an instance is found in any reservation`() throws {
        let facet = try #require(kind.facet("description"))
        let both = answer(["InstanceId": "i-2"], ["InstanceId": "i-1", "InstanceType": "t3.large"])
        #expect(facet.content(in: both)?["InstanceType"] == "t3.large")
        #expect(facet.content(in: answer(["InstanceId": "i-2"])) == nil)
        #expect(facet.content(in: answer()) == nil)
    }

    @Test(
        arguments: [
            ("terminated", true), ("shutting-down", false), ("stopped", false), ("running", false), ("pending", false),
        ] as [(JSON, Bool)])
    func `a terminated instance is gone, though AWS lists it still`(state: JSON, isGone: Bool) throws {
        let question = try #require(kind.question("instance"))
        #expect(question.isGone(question.read(answer(["InstanceId": "i-1", "State": ["Name": state]]))) == isGone)
    }

    @Test func `two observations of an unchanged instance are equal`() throws {
        func content(_ state: JSON, _ time: JSON, _ groups: JSON) -> JSON {
            [
                "InstanceId": "i-1", "LaunchTime": "2026-11-23T20:00:00Z", "State": ["Code": 16, "Name": state],
                "StateTransitionReason": state, "MetadataOptions": ["State": state, "HttpTokens": "required"],
                "BlockDeviceMappings": [["DeviceName": "/dev/xvda", "Ebs": ["AttachTime": time, "Status": state]]],
                "NetworkInterfaces": [
                    [
                        "NetworkInterfaceId": "eni-1", "Status": state,
                        "Attachment": ["AttachTime": time, "Status": state],
                    ]
                ],
                "SecurityGroups": groups,
            ]
        }
        let facet = try #require(kind.facet("description"))
        let first = content("pending", "2026-11-23T20:00:00Z", [["GroupId": "sg-1"], ["GroupId": "sg-2"]])
        let second = content("running", "2026-11-23T20:00:01Z", [["GroupId": "sg-2"], ["GroupId": "sg-1"]])
        let names = PropertyNames()
        let stored = facet.read(first, names: names).content
        #expect(stored.canonical == facet.read(second, names: names).content.canonical)
        #expect(stored["LaunchTime"] != nil && stored["MetadataOptions"] == ["HttpTokens": "required"])
    }

    @Test(
        arguments: [
            (.ec2SecurityGroup, ["sg-1", "sg-2"]), (.ec2Subnet, ["subnet-1"]), (.ec2VPC, ["vpc-1"]),
        ] as [(Kind, [String])])
    func `an instance leads to its network`(kind: Kind, identities: [String]) throws {
        let content: JSON = [
            "InstanceId": "i-1", "SubnetId": "subnet-1", "VpcId": "vpc-1",
            "SecurityGroups": [["GroupId": "sg-1"], ["GroupId": "sg-2"]],
        ]
        #expect(try self.kind.identities(of: kind, beyond: "instance", answer(content)) == identities)
        #expect(try self.kind.identities(of: kind, beyond: "instance", answer(["InstanceId": "i-1"])).isEmpty)
    }

    // MARK: Facts

    @Test(
        arguments: [
            (["PublicIpAddress": "198.51.100.1"], true), ([:], false),
            (
                [
                    "NetworkInterfaces": [
                        ["PrivateIpAddresses": [[:], ["Association": ["PublicIp": "198.51.100.1"]]]]
                    ]
                ], true
            ),
            (["NetworkInterfaces": [["PrivateIpAddresses": [["PrivateIpAddress": "10.0.0.1"]]]]], false),
        ] as [(JSON, JSON)])
    func `whether it has a public address is a fact`(content: JSON, isPublic: JSON) throws {
        let snapshot = try SnapshotView.of([instance.described: content])
        #expect(snapshot.seen("public-ip", of: instance) == isPublic)
    }

    @Test func `its security groups and its subnet's tier are facts`() throws {
        let (table, content) = SubnetTests.table("vpc-1/rtb-1", [SubnetTests.main], [SubnetTests.wayOut])
        let snapshot = try SnapshotView.of([
            table: content,
            instance.described: ["SubnetId": "subnet-1", "VpcId": "vpc-1", "SecurityGroups": [["GroupId": "sg-1"]]],
        ])
        #expect(snapshot.seen("security-groups", of: instance) == ["sg-1"])
        #expect(snapshot.seen("subnet-tier", of: instance) == "public")
    }

    @Test func `without an answer its facts are unseen`() throws {
        let snapshot = try SnapshotView.of(
            [instance.described: [:]], gaps: [.denied("ec2", "DescribeInstances", facets: [instance.described])])
        for fact in kind.facts { #expect(snapshot.isUnseen(fact.name, of: instance)) }
    }
}
