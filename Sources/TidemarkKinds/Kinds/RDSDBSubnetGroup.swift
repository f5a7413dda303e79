import StrictJSON
import Tidemark

extension Kind {
    package static let rdsDBSubnetGroup = Kind(rawValue: "rds.db-subnet-group")
}

extension KindDefinition {
    /// A group of subnets for database instances; its identity is the name.
    ///
    /// Source: <https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DBSubnetGroup.html>.
    static let rdsDBSubnetGroup = KindDefinition(
        .rdsDBSubnetGroup, decoder: 1,
        questions: [
            QuestionDefinition(
                "group", "rds", "DescribeDBSubnetGroups", ["DBSubnetGroupName": "${identity}"],
                absent: ["DBSubnetGroupNotFoundFault"],
                facets: [description], leads: [SubnetGroup.lead(from: description)])
        ],
        facts: [SubnetGroup.tier])

    private static let description = FacetDefinition(
        Snapshot.description,
        at: "DBSubnetGroups[]", selector: .identity(member: "DBSubnetGroupName"), lists: SubnetGroup.lists)
}
