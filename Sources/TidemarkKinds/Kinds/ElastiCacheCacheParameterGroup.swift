import StrictJSON
import Tidemark

extension Kind {
    package static let elastiCacheCacheParameterGroup = Kind(rawValue: "elasticache.cache-parameter-group")
}

extension KindDefinition {
    /// A group of a cache's engine parameters; its identity is the name. Only parameters that differ from AWS's many defaults
    /// are recorded.
    ///
    /// Source: <https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_DescribeCacheParameters.html>.
    static let elastiCacheCacheParameterGroup = KindDefinition(
        .elastiCacheCacheParameterGroup, decoder: 1,
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
                ["CacheParameterGroupName": "${identity}", "Source": "user"], absent: groupGone,
                facets: [ParameterGroup.changed]),
        ],
        facts: [])

    private static let groupGone: Set = ["CacheParameterGroupNotFound", "CacheParameterGroupNotFoundFault"]
}
