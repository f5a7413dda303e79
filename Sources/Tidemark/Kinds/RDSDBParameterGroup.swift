import StrictJSON

extension Kind {
    package static let rdsDBParameterGroup = Kind(rawValue: "rds.db-parameter-group")
}

extension KindDefinition {
    /// A database's engine parameters, by the group's name. Of AWS's defaults there are hundreds; only those that were
    /// changed are asked for.
    ///
    /// Source: <https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DescribeDBParameters.html>.
    static let rdsDBParameterGroup = KindDefinition(
        .rdsDBParameterGroup, decoder: 1,
        questions: [
            QuestionDefinition(
                "group", "rds", "DescribeDBParameterGroups", ["DBParameterGroupName": "${identity}"],
                absent: groupGone,
                facets: [
                    FacetDefinition(
                        Snapshot.description,
                        at: "DBParameterGroups[]", selector: .identity(member: "DBParameterGroupName"))
                ]),
            QuestionDefinition(
                "parameters", "rds", "DescribeDBParameters",
                ["DBParameterGroupName": "${identity}", "Source": "user"], absent: groupGone,
                facets: [ParameterGroup.changed]),
        ],
        facts: [])

    private static let groupGone: Set = ["DBParameterGroupNotFound", "DBParameterGroupNotFoundFault"]
}
