import StrictJSON
import Tidemark

extension Kind {
    package static let elastiCacheCacheParameterGroup = Kind(rawValue: "elasticache.cache-parameter-group")
}

extension KindDefinition {
    /// A group of a cache's engine parameters; its identity is the name. Exact expectations and drafts leave out AWS's hundreds
    /// of defaults, which change with the engine.
    ///
    /// Source: <https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_DescribeCacheParameters.html>.
    static let elastiCacheCacheParameterGroup = KindDefinition(
        .elastiCacheCacheParameterGroup, decoder: 2,
        questions: [
            QuestionDefinition(
                "group", "elasticache", "DescribeCacheParameterGroups", ["CacheParameterGroupName": "${identity}"],
                absent: groupGone,
                facets: [
                    FacetDefinition(
                        Snapshot.description,
                        at: "CacheParameterGroups[]", selector: .identity(member: "CacheParameterGroupName"))
                ]),
            QuestionDefinition(
                "parameters", "elasticache", "DescribeCacheParameters",
                ["CacheParameterGroupName": "${identity}"],
                absent: groupGone, facets: [parameters]),
        ],
        facts: [ParameterGroup.changed])

    private static let parameters = ParameterGroup.parameters(metadata: ParameterGroup.metadata.union(["ChangeType"]))
    private static let groupGone: Set = ["CacheParameterGroupNotFound", "CacheParameterGroupNotFoundFault"]
}
