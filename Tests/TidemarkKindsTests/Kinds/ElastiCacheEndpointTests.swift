import StrictJSON
import Testing

@testable import Tidemark
@testable import TidemarkKinds

struct ElastiCacheEndpointTests {
    @Test(
        arguments: [
            // With TLS.
            ("master.redis.abc123.usw2.cache.amazonaws.com", ["redis"], []),
            ("replica.redis.abc123.usw2.cache.amazonaws.com", ["redis"], []),
            ("clustercfg.redis.abc123.usw2.cache.amazonaws.com", ["redis"], []),
            ("redis-001.redis.abc123.usw2.cache.amazonaws.com", ["redis"], ["redis-001"]),
            ("redis-0001-002.redis.abc123.euc1.cache.amazonaws.com", ["redis"], ["redis-0001-002"]),
            // Without.
            ("redis.abc123.ng.0001.usw2.cache.amazonaws.com", ["redis"], []),
            ("redis-ro.abc123.ng.0001.usw2.cache.amazonaws.com", ["redis", "redis-ro"], []),
            ("redis.abc123.clustercfg.usw2.cache.amazonaws.com", ["redis"], []),
            ("redis.abc123.usw2.cache.amazonaws.com", ["redis"], ["redis"]),
            ("redis-001.abc123.0001.usw2.cache.amazonaws.com", [], ["redis-001"]),
            // Memcached.
            ("memory.abc123.cfg.usw2.cache.amazonaws.com", [], ["memory"]),
            ("memory.abc123.0002.usw2.cache.amazonaws.com", [], ["memory"]),
            // China.
            ("redis.abc123.ng.0001.cnw1.cache.amazonaws.com.cn", ["redis"], []),
            // Within something.
            ("rediss://:p%40ss@master.redis.abc123.usw2.cache.amazonaws.com:6379/0?ssl_cert_reqs=none", ["redis"], []),
            ("Master.Redis.ABC123.usw2.cache.amazonaws.com.", ["redis"], []),
            ("a.abc123.cfg.usw2.cache.amazonaws.com,b.abc123.cfg.usw2.cache.amazonaws.com", [], ["a", "b"]),
            // Neither a group nor a cluster.
            ("redis-abc123.serverless.usw2.cache.amazonaws.com", [], []),
            ("redis.usw2.cache.amazonaws.com", [], []), ("usw2.cache.amazonaws.com", [], []),
            (".cache.amazonaws.com", [], []), ("master..abc123.usw2.cache.amazonaws.com", [], []),
            ("x.master.redis.abc123.usw2.cache.amazonaws.com", [], []),
            ("master.redis.abc123.usw2.cache.amazonaws.com.evil.example", [], []),
            ("master.redis.abc123.usw2.cache.example.com", [], []),
            ("master.redis.abc123.usw2.cache.amazonaws.com.", ["redis"], []), ("redis.internal", [], []), ("", [], []),
        ] as [(String, [String], [String])])
    func `a host names a group, a cluster, or what may be either`(text: String, groups: [String], clusters: [String]) {
        let found = ServiceEndpoint.all(in: text, region: "us-west-2").flatMap(\.candidates)
        #expect(found.filter { $0.kind == .elastiCacheReplicationGroup }.map(\.identity) == groups)
        #expect(found.filter { $0.kind == .elastiCacheCacheCluster }.map(\.identity) == clusters)
    }

    private static let ours: [JSON] = [["Address": "master.redis.abc123.usw2.cache.amazonaws.com", "Port": 6379]]

    @Test(
        arguments: [
            ("master.redis.abc123.usw2.cache.amazonaws.com", ours, true),
            ("replica.redis.abc123.usw2.cache.amazonaws.com", ours, true),
            ("redis-001.redis.abc123.usw2.cache.amazonaws.com", ours, true),
            // While TLS is being introduced, the old host is in force too.
            ("redis.abc123.ng.0001.usw2.cache.amazonaws.com", ours, true),
            ("master.redis.xyz789.usw2.cache.amazonaws.com", ours, false),
            ("master.redis.abc123.use1.cache.amazonaws.com", ours, false),
            // What is being created has no endpoint yet.
            ("master.redis.abc123.usw2.cache.amazonaws.com", [], true),
            ("master.redis.abc123.usw2.cache.amazonaws.com", [["Port": 6379]], true),
            // An endpoint that is not understood is not evidence that the host is right.
            ("master.redis.abc123.usw2.cache.amazonaws.com", [["Address": "redis.example"]], false),
        ] as [(String, [JSON], Bool)])
    func `a host means what has endpoints of its account and region`(host: String, endpoints: [JSON], isMeant: Bool) {
        #expect(ElastiCacheEndpoint.isHost(host, among: endpoints) == isMeant)
    }
}
