import StrictJSON
import Tidemark

/// A host name that ElastiCache gives to a replication group, to a cluster or to a node of it.
///
/// | with TLS | without | names |
/// | --- | --- | --- |
/// | `master.GROUP.abc123.usw2`, `replica.GROUP.abc123.usw2` | `GROUP.abc123.ng.0001.usw2`, `GROUP-ro.abc123.ng.0001.usw2` | a group, cluster mode disabled |
/// | `clustercfg.GROUP.abc123.usw2` | `GROUP.abc123.clustercfg.usw2`, `GROUP.abc123.usw2` | a group, cluster mode enabled |
/// | `CLUSTER.GROUP.abc123.usw2` | `CLUSTER.abc123.0001.usw2` | a node |
/// | `CLUSTER.abc123.cfg.usw2` | the same | a Memcached cluster |
///
/// Each is followed by `.cache.amazonaws.com`, in China by `.cache.amazonaws.com.cn`. The abbreviation of
/// the region is not always its initials (`cnw1` is cn-northwest-1), so that only the answer shows whether a host belongs to
/// this region and account. A serverless cache (`NAME-abc123.serverless.usw2`) and a DAX cluster
/// (`NAME.abc123.clustercfg.dax.usw2`) are neither a group nor a cluster.
///
/// Source: <https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Endpoints.html>.
struct ElastiCacheEndpoint {
    /// The groups and the clusters that the host may name; all of them if the host alone does not decide.
    private let groups: [String]
    private let clusters: [String]
    /// The part that all hosts of an account in a region have in common: `abc123.usw2`.
    private let domain: String

    /// The endpoint at a host in ElastiCache's domain.
    static func endpoint(at place: ServiceHost) -> ServiceEndpoint {
        if let cache = ElastiCacheEndpoint(place) {
            return ServiceEndpoint(
                host: place.host, service: "elasticache", what: "cache of another account or region, or deleted",
                candidates: cache.groups.map { ResourceID(.elastiCacheReplicationGroup, $0) }
                    + cache.clusters.map { ResourceID(.elastiCacheCacheCluster, $0) })
        }
        return switch place.names.last {
        case "serverless": ServiceEndpoint(host: place.host, service: "elasticache", what: "serverless cache")
        case "dax": ServiceEndpoint(host: place.host, service: "dax", what: "DAX cluster")
        default: ServiceEndpoint(host: place.host, service: "elasticache", what: "ElastiCache endpoint")
        }
    }

    /// Reads a host in ElastiCache's domain; nil for one that names neither a group nor a cluster.
    private init?(_ place: ServiceHost) {
        guard place.domain == "cache", let names = Self.names(in: place.names) else { return nil }
        (groups, clusters) = (names.groups, names.clusters)
        domain = "\(names.account).\(place.region)"
    }

    private init?(host: String) {
        guard let place = ServiceHost(host) else { return nil }
        self.init(place)
    }

    /// Whether a host belongs to the account and region of some endpoints, so that it names the resource that has them. While
    /// TLS is being introduced both kinds of hosts are in use, and the answer has one.
    ///
    /// True if there are no endpoints yet.
    /// Source: <https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/enable-python-best-practices.html>.
    static func isHost(_ host: String, among endpoints: [JSON]) -> Bool {
        let addresses = endpoints.compactMap { $0["Address"]?.string }
        let domains = addresses.compactMap { ElastiCacheEndpoint(host: $0.lowercased())?.domain }
        return addresses.isEmpty || ElastiCacheEndpoint(host: host).map { domains.contains($0.domain) } == true
    }

    private typealias Names = (groups: [String], clusters: [String], account: String)

    /// The names in the labels before that of the region.
    private static func names(in labels: [String]) -> Names? {
        switch labels.count {
        case 2 where labels[1] != "serverless": ([labels[0]], [labels[0]], labels[1])
        case 3: names(labels[0], labels[1], labels[2])
        case 4 where labels[2] == "ng": (primaryOrReader(labels[0]), [], labels[1])
        default: nil
        }
    }

    private static func names(_ first: String, _ second: String, _ third: String) -> Names? {
        if third == "clustercfg" { return ([first], [], second) }
        if third == "cfg" || third.allSatisfy(\.isNumber) { return ([], [first], second) }
        if ["master", "replica", "clustercfg"].contains(first) { return ([second], [], third) }
        return ([second], [first], third)
    }

    /// `GROUP-ro` is the reader endpoint of GROUP, or the primary one of a group with that name.
    private static func primaryOrReader(_ name: String) -> [String] {
        name.hasSuffix("-ro") ? [String(name.dropLast(3)), name] : [name]
    }
}
