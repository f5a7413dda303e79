import StrictJSON

extension Lead {
    /// To the databases and caches whose endpoints some texts name: the values of environment variables.
    static func endpoints(in texts: @escaping @Sendable (Answer) -> [String]) -> [Lead] {
        [
            resources(.rdsDBInstance) { answer in
                texts(answer).flatMap { RDSEndpoint.all(in: $0, region: answer.place.region) }
                    .map { ($0.identifier, $0.host) }
            },
            resources(.elastiCacheReplicationGroup) { answer in
                caches(texts(answer)).flatMap { cache in cache.groups.map { ($0, cache.host) } }
            },
            resources(.elastiCacheCacheCluster) { answer in
                caches(texts(answer)).flatMap { cache in cache.clusters.map { ($0, cache.host) } }
            },
        ]
    }

    private static func caches(_ texts: [String]) -> [ElastiCacheEndpoint] {
        texts.flatMap(ElastiCacheEndpoint.all)
    }

    /// Resources of a kind, by their identities and the hosts that name them: a resource is meant only if its
    /// kind finds that it is at such a host.
    private static func resources(
        _ kind: Kind, at find: @escaping @Sendable (Answer) -> [(identity: String, host: String)]
    ) -> Lead {
        Lead(destination: .kind(kind)) { answer in
            find(answer).map { ["identity": .string($0.identity), "host": .string($0.host)] }
        }
    }
}
