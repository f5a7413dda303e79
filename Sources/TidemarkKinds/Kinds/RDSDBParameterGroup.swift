import StrictJSON
import Tidemark

extension Kind {
    package static let rdsDBParameterGroup = Kind(rawValue: "rds.db-parameter-group")
}

extension KindDefinition {
    /// A group of a database's engine parameters; its identity is the name. Only parameters that differ from AWS's hundreds of
    /// defaults are recorded.
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
