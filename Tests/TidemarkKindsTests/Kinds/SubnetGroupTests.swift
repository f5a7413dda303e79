import StrictJSON
import Testing
import TidemarkTestSupport

@testable import Tidemark
@testable import TidemarkKinds

struct SubnetGroupTests {
    private let database = ResourceID(.rdsDBSubnetGroup, "shared")
    private let cache = ResourceID(.elastiCacheCacheSubnetGroup, "shared")

    private func subnet(_ id: String) -> ResourceID { ResourceID(.ec2Subnet, id) }

    /// A snapshot of both kinds of groups over some subnets, read by a tidemark that knows the subnets' tiers.
    private func snapshot(_ tiers: KeyValuePairs<String, JSON?>, gaps: [Gap] = []) throws -> SnapshotView {
        let subnets: JSON = .array(tiers.map { ["SubnetIdentifier": .string($0.key)] })
        let cluster = ResourceID(.elastiCacheCacheCluster, "redis-001")
        let group = ResourceID(.elastiCacheReplicationGroup, "redis")
        var facets: [FacetID: JSON] = [
            database.described: ["Subnets": subnets], cache.described: ["Subnets": subnets],
            Stack.database.described: ["DBSubnetGroup": ["DBSubnetGroupName": "shared"]],
            cluster.described: ["CacheSubnetGroupName": "shared"],
            group.described: ["MemberClusters": ["redis-001"]],
        ]
        for (id, tier) in tiers { facets[subnet(id).described] = tier.map { ["Tier": $0] } ?? [:] }
        return try SnapshotView.of(facets, gaps: gaps, kinds: .withTiers)
    }

    private static let described = [
        ResourceID(.rdsDBSubnetGroup, "shared"), ResourceID(.elastiCacheCacheSubnetGroup, "shared"),
        Stack.database, ResourceID(.elastiCacheCacheCluster, "redis-001"),
        ResourceID(.elastiCacheReplicationGroup, "redis"),
    ]

    @Test(arguments: described)
    func `a tier is that of the subnets`(resource: ResourceID) throws {
        #expect(try snapshot(["a": "public", "b": "public"]).seen("subnet-tier", of: resource) == "public")
        #expect(try snapshot(["a": "private"]).seen("subnet-tier", of: resource) == "private")
        #expect(try snapshot(["a": "public", "b": "private"]).seen("subnet-tier", of: resource) == "mixed")
    }

    @Test(arguments: described)
    func `a tier is unseen when a subnet is`(resource: ResourceID) throws {
        let gap = Gap.denied("ec2", "DescribeSubnets", facets: [subnet("b").described])
        #expect(try snapshot(["a": "public", "b": "public"], gaps: [gap]).isUnseen("subnet-tier", of: resource))
    }

    @Test func `a subnet without a tier has no fact, and neither has a group without subnets`() throws {
        #expect(try snapshot(["a": "public", "b": nil]).seen("subnet-tier", of: database) == nil)
        #expect(try snapshot([:]).seen("subnet-tier", of: database) == nil)
        #expect(try !snapshot([:]).isUnseen("subnet-tier", of: database))
    }

    @Test func `a subnet that nothing led to may be there`() throws {
        let gap = Gap.denied("rds", "DescribeDBSubnetGroups", kinds: [.ec2Subnet])
        let snapshot = try SnapshotView.of(
            [database.described: ["Subnets": [["SubnetIdentifier": "a"]]]], gaps: [gap], kinds: .withTiers)
        #expect(snapshot.isUnseen("subnet-tier", of: database))
    }

    @Test(
        arguments: [
            (KindDefinition.rdsDBSubnetGroup, "DBSubnetGroups", "DBSubnetGroupName"),
            (.elastiCacheCacheSubnetGroup, "CacheSubnetGroups", "CacheSubnetGroupName"),
        ])
    func `a group leads to its subnets`(definition: KindDefinition, list: String, name: String) throws {
        let groups: JSON = [[name: "shared", "Subnets": [["SubnetIdentifier": "subnet-a"]]]]
        let answer = Stack.answer([list: groups], about: "shared")
        #expect(try definition.identities(of: .ec2Subnet, beyond: "group", answer) == ["subnet-a"])
    }
}

extension KindRegistry {
    /// With a kind of subnets whose tier is in their description.
    fileprivate static let withTiers = KindRegistry(
        anchor: all.anchor,
        others: all.definitions.dropFirst().filter { $0.kind != .ec2Subnet } + [
            KindDefinition(
                .ec2Subnet, decoder: 1,
                questions: [
                    QuestionDefinition(
                        "subnet", "ec2", "DescribeSubnets", ["SubnetIds": ["${identity}"]],
                        facets: [FacetDefinition(Snapshot.description, at: "Subnets[]")])
                ],
                facts: [
                    FactDefinition(
                        "subnet-tier", "The tier.", shape: .scalar,
                        compute: { $0.facet(Snapshot.description)?["Tier"] })
                ])
        ])
}
