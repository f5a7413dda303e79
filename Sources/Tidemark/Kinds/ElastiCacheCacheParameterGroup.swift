import StrictJSON

extension Kind {
    package static let elastiCacheCacheParameterGroup = Kind(rawValue: "elasticache.cache-parameter-group")
}

extension KindDefinition {
    /// A cache's engine parameters, by the group's name. Of AWS's defaults there are many; only those that were changed
    /// are asked for.
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
