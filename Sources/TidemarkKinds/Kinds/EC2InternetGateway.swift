import StrictJSON
import Tidemark

extension Kind {
    package static let ec2InternetGateway = Kind(rawValue: "ec2.internet-gateway")
}

extension KindDefinition {
    /// An internet gateway to which a route leads; its identity is the id.
    ///
    /// Source: <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_InternetGateway.html>.
    static let ec2InternetGateway = KindDefinition(
        .ec2InternetGateway, decoder: 1,
        questions: [
            QuestionDefinition(
                "gateway", "ec2", "DescribeInternetGateways", ["InternetGatewayIds": ["${identity}"]],
                absent: ["InvalidInternetGatewayID.NotFound"],
                facets: [
                    FacetDefinition(
                        Snapshot.description,
                        at: "InternetGateways[]", selector: .identity(member: "InternetGatewayId"),
                        lists: ["Attachments": .keyed(by: ["VpcId"]), "Tags": .keyed(by: ["Key"])])
                ])
        ],
        facts: [
            FactDefinition(
                "attached-to", "The id of the VPC to which it is attached; from Attachments.", shape: .scalar,
                compute: { reader in
                    // AWS returns the state `available` only for an attached gateway.
                    let attachments = reader.facet(Snapshot.description)?.elements("Attachments") ?? []
                    return attachments.first { $0["State"] == "available" }?["VpcId"]
                })
        ])
}
