import StrictJSON
import Tidemark

extension Lead {
    /// The databases and caches whose endpoints are in texts, such as the values of environment variables.
    static func endpoints(in texts: @escaping @Sendable (Answer) -> [String]) -> [Lead] {
        [
            .hosts(.rdsDBInstance) { answer in
                texts(answer).flatMap { RDSEndpoint.all(in: $0, region: answer.place.region) }
                    .map { ($0.identifier, $0.host) }
            },
            .hosts(.elastiCacheReplicationGroup) { answer in
                texts(answer).flatMap(ElastiCacheEndpoint.all).flatMap { cache in cache.groups.map { ($0, cache.host) }
                }
            },
            .hosts(.elastiCacheCacheCluster) { answer in
                texts(answer).flatMap(ElastiCacheEndpoint.all).flatMap { cache in
                    cache.clusters.map { ($0, cache.host) }
                }
            },
        ]
    }
}
