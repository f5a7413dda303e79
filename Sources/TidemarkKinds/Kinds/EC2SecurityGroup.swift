import StrictJSON
import Tidemark

extension Kind {
    package static let ec2SecurityGroup = Kind(rawValue: "ec2.security-group")
}

extension KindDefinition {
    /// A security group; its identity is the id, its title the name.
    ///
    /// Source: <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_SecurityGroup.html>.
    static let ec2SecurityGroup = KindDefinition(
        .ec2SecurityGroup, decoder: 1, title: .attribute("GroupName"),
        questions: [
            QuestionDefinition(
                "group", "ec2", "DescribeSecurityGroups", ["GroupIds": ["${identity}"]],
                absent: ["InvalidGroup.NotFound"],
                facets: [description],
                leads: ["IpPermissions", "IpPermissionsEgress"].map { list in
                    let place: AttributePattern = "PrefixListIds[].PrefixListId"
                    return .resources(
                        .ec2PrefixList, at: AttributePattern([.member(list), .elements]) + place, of: description)
                })
        ],
        facts: [
            FactDefinition(
                "ingress", "What may come in, a rule a line: 'tcp 5432 from 10.0.0.0/8'; from IpPermissions.",
                summarizing: "IpPermissions",
                lines: { SecurityGroupRules.lines(.ingress, &$0) },
                meaning: SecurityGroupRules.meaning(of: .ingress)),
            FactDefinition(
                "egress", "What may go out, a rule a line: 'all to 0.0.0.0/0'; from IpPermissionsEgress.",
                summarizing: "IpPermissionsEgress",
                lines: { SecurityGroupRules.lines(.egress, &$0) },
                meaning: SecurityGroupRules.meaning(of: .egress)),
            FactDefinition(
                "open-to-world",
                "The traffic that may come in from every public IPv4 or every public IPv6 address: 'tcp 5000-6000'; from "
                    + "IpPermissions and the entries of prefix lists.",
                lines: SecurityGroupRules.openToWorld,
                meaning: SecurityGroupRules.meaningOfOpenTraffic),
        ],
        isReplacedRoutinely: { _, group in ElasticBeanstalkNames.isOwn(group()?["GroupName"]?.string) })

    private static let description = FacetDefinition(
        Snapshot.description,
        at: "SecurityGroups[]", selector: .identity(member: "GroupId"),
        lists: listRules)

    /// AWS merges rules of the same protocol and ports into one permission, so these are its key.
    private static let listRules: ListRules = ["IpPermissions", "IpPermissionsEgress"].reduce(
        into: ["Tags": .keyed(by: ["Key"])]
    ) { rules, list in
        let pattern = AttributePattern(stringLiteral: list)
        rules[pattern] = .keyed(by: ["IpProtocol", "FromPort", "ToPort"])
        for (sources, members) in SecurityGroupRules.peers {
            rules[pattern.appending(.elements).appending(.member(sources))] = .keyed(by: members)
        }
    }
}
