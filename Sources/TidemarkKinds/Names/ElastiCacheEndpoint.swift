import StrictJSON

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
/// this region and account. A serverless cache (`NAME-abc123.serverless.usw2`) is neither a group nor a cluster.
///
/// Source: <https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Endpoints.html>.
struct ElastiCacheEndpoint: Hashable {
    let host: String
    /// The groups and the clusters that the host may name; all of them if the host alone does not decide.
    let groups: [String]
    let clusters: [String]
    /// The part that all hosts of an account in a region have in common: `abc123.usw2`.
    let domain: String

    /// The endpoints that a text names: as a host, or within a URL.
    static func all(in text: String) -> [ElastiCacheEndpoint] { text.hostNames.compactMap(ElastiCacheEndpoint.init) }

    /// Parses a host in lower case; nil for a host of another service, and for one that names neither a group nor a cluster.
    init?(host: String) {
        guard let suffix = [".cache.amazonaws.com", ".cache.amazonaws.com.cn"].first(where: host.hasSuffix) else {
            return nil
        }
        var labels = host.dropLast(suffix.count).split(separator: ".", omittingEmptySubsequences: false)
            .map(String.init)
        guard let region = labels.popLast(), !region.isEmpty, !labels.contains(""), let names = Self.names(in: labels)
        else { return nil }
        self.host = host
        (groups, clusters) = (names.groups, names.clusters)
        domain = "\(names.account).\(region)"
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
