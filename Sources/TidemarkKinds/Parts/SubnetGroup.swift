import StrictJSON
import Tidemark

/// The common parts of the subnet groups of RDS and ElastiCache.
enum SubnetGroup {
    static let lists: ListRules = ["Subnets": .keyed(by: ["SubnetIdentifier"])]

    /// The lead to its subnets.
    static func lead(from description: FacetDefinition) -> Lead {
        .resources(.ec2Subnet, at: subnets, of: description)
    }

    private static let subnets: AttributePattern = "Subnets[].SubnetIdentifier"

    static let tier = FactDefinition(
        tierName, "Where its subnets are: 'public', 'private', or 'mixed'; from their subnet-tier.", shape: .scalar,
        compute: { reader in
            let subnets = reader.facet(Snapshot.description)?.values(at: subnets).compactMap(\.string) ?? []
            let tiers = subnets.map { reader.fact(tierName, of: ResourceID(.ec2Subnet, $0)) }
            guard !tiers.contains(nil), let first = tiers.first else { return nil }
            return tiers.allSatisfy { $0 == first } ? first : "mixed"
        })

    /// The fact of a resource that is in a subnet group: the fact of the group.
    static func tier(
        _ summary: String, of kind: Kind, named name: @escaping @Sendable (inout FactReader) -> JSON?
    ) -> FactDefinition {
        FactDefinition(
            tierName, summary, shape: .scalar,
            compute: { reader in
                name(&reader)?.string.flatMap { reader.fact(tierName, of: ResourceID(kind, $0)) }
            })
    }

    private static let tierName = "subnet-tier"
}
