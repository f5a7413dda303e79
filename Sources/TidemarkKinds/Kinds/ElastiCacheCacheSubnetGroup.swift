import StrictJSON
import Tidemark

extension Kind {
    package static let elastiCacheCacheSubnetGroup = Kind(rawValue: "elasticache.cache-subnet-group")
}

extension KindDefinition {
    /// A group of subnets for cache clusters; its identity is the name.
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
