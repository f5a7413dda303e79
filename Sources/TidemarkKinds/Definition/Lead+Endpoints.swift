import StrictJSON
import Tidemark

extension Lead {
    /// The databases and caches whose endpoints are in texts, such as the values of environment variables.
    static func endpoints(in texts: @escaping @Sendable (Answer) -> [String]) -> Lead {
        .endpoints([.rdsDBInstance, .elastiCacheReplicationGroup, .elastiCacheCacheCluster]) { answer in
            texts(answer).flatMap { ServiceEndpoint.all(in: $0, region: answer.place.region) }
        }
    }
}
