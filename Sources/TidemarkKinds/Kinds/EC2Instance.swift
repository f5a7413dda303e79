import StrictJSON
import Tidemark

extension Kind {
    package static let ec2Instance = Kind(rawValue: "ec2.instance")
}

extension KindDefinition {
    /// An instance; its identity is the id. If Auto Scaling replaces it, one resource is gone and another one is new.
    ///
    /// Source: <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Instance.html>.
    static let ec2Instance = KindDefinition(
        .ec2Instance, decoder: 1,
        questions: [
            QuestionDefinition(
                "instance", "ec2", "DescribeInstances", ["InstanceIds": ["${identity}"]],
                absent: ["InvalidInstanceID.NotFound"], isGone: isTerminated,
                facets: [description],
                leads: [
                    .resources(.ec2SecurityGroup, at: "SecurityGroups[].GroupId", of: description),
                    .resources(.ec2Subnet, at: "SubnetId", of: description),
                    .resources(.ec2VPC, at: "VpcId", of: description),
                    .resources(.iamInstanceProfile) { answer in
                        answer.content(of: description).map { instance in
                            [instance["IamInstanceProfile"]?["Arn"]?.string?.nameInARN].compactMap(\.self)
                        }
                    },
                ])
        ],
        facts: [
            FactDefinition(
                "public-ip", "Whether it has a public IPv4 address; from PublicIpAddress and NetworkInterfaces.",
                shape: .scalar, compute: { $0.facet(Snapshot.description).map { .bool($0.hasPublicAddress) } }),
            FactDefinition(
                "security-groups", "The ids of its security groups; from SecurityGroups.", shape: .list,
                compute: { $0.facet(Snapshot.description).map { .array($0.securityGroups) } }),
            FactDefinition(
                "subnet-tier", "'public' or 'private': whether its subnet has a route to an internet gateway.",
                shape: .scalar, compute: { SubnetTier.tier(ofSubnetIn: $0.facet(Snapshot.description), &$0) }),
        ],
        running: .platform { description in
            // Elastic Beanstalk's platforms for ECS and Docker run on Linux.
            description["Architecture"]?.string.flatMap(Platform.architecture).map { "linux/\($0)" }
        },
        // Elastic Beanstalk also replaces instances without a release.
        released: .all)

    private static let description = FacetDefinition(
        Snapshot.description,
        at: "Reservations[].Instances[]", selector: .identity(member: "InstanceId"),
        // The progress of starting, stopping and attaching.
        volatile: [
            "State", "StateReason", "StateTransitionReason", "MetadataOptions.State",
            "BlockDeviceMappings[].Ebs.AttachTime",
            "BlockDeviceMappings[].Ebs.Status", "NetworkInterfaces[].Status",
            "NetworkInterfaces[].Attachment.AttachTime",
            "NetworkInterfaces[].Attachment.Status",
        ],
        readings: ["State.Name"],
        lists: [
            "BlockDeviceMappings": .keyed(by: ["DeviceName"]), "SecurityGroups": .keyed(by: ["GroupId"]),
            "NetworkInterfaces": .keyed(by: ["NetworkInterfaceId"]),
            "NetworkInterfaces[].Groups": .keyed(by: ["GroupId"]),
            "NetworkInterfaces[].PrivateIpAddresses": .keyed(by: ["PrivateIpAddress"]), "Tags": .keyed(by: ["Key"]),
        ])

    /// A terminated instance is listed for about an hour.
    /// Source: <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/terminating-instances.html>.
    private static func isTerminated(_ answer: Answer) -> Bool {
        answer.content(of: description)?["State"]?["Name"] == "terminated"
    }
}

extension JSON {
    /// The ids of an instance's security groups.
    fileprivate var securityGroups: [JSON] { elements("SecurityGroups").compactMap { $0["GroupId"] } }

    fileprivate var hasPublicAddress: Bool {
        self["PublicIpAddress"] != nil
            || elements("NetworkInterfaces").flatMap { $0.elements("PrivateIpAddresses") }
                .contains { $0["Association"]?["PublicIp"] != nil }
    }
}
