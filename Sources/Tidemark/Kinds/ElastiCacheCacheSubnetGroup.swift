import StrictJSON

extension Kind {
    package static let elastiCacheCacheSubnetGroup = Kind(rawValue: "elasticache.cache-subnet-group")
}

extension KindDefinition {
    /// The subnets that cache clusters may be placed in, by the group's name.
    ///
    /// Source: <https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CacheSubnetGroup.html>.
    static let elastiCacheCacheSubnetGroup = KindDefinition(
        .elastiCacheCacheSubnetGroup, decoder: 1,
        questions: [
            QuestionDefinition(
                "group", "elasticache", "DescribeCacheSubnetGroups", ["CacheSubnetGroupName": "${identity}"],
                absent: ["CacheSubnetGroupNotFoundFault"],
                facets: [description], leads: [SubnetGroup.lead(from: description)])
        ],
        facts: [SubnetGroup.tier])

    private static let description = FacetDefinition(
        Snapshot.description,
        at: "CacheSubnetGroups[]", selector: .identity(member: "CacheSubnetGroupName"), lists: SubnetGroup.lists)
}
