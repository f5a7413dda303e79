import StrictJSON
import Tidemark

extension Kind {
    package static let rdsDBParameterGroup = Kind(rawValue: "rds.db-parameter-group")
}

extension KindDefinition {
    /// A group of a database's engine parameters; its identity is the name. Exact expectations and drafts leave out AWS's hundreds
    /// of defaults, which change with the engine.
    ///
    /// Source: <https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DescribeDBParameters.html>.
    static let rdsDBParameterGroup = KindDefinition(
        .rdsDBParameterGroup, decoder: 2,
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
                ["DBParameterGroupName": "${identity}"],
                absent: groupGone, facets: [parameters]),
        ],
        facts: [ParameterGroup.changed])

    private static let parameters = ParameterGroup.parameters(
        metadata: ParameterGroup.metadata.union(["ApplyType", "SupportedEngineModes"]))
    private static let groupGone: Set = ["DBParameterGroupNotFound", "DBParameterGroupNotFoundFault"]
}
