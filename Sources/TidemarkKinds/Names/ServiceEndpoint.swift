import Tidemark

/// A host that an AWS service gives to a resource that holds an application's data: a database, a cache, a broker.
public struct ServiceEndpoint: Sendable, Hashable {
    /// The host in lower case.
    public let host: String
    /// The service by AWS's name: `rds`.
    public let service: String
    /// What has such a host, for people: `DB cluster`.
    public let what: String
    /// The resources that the host may name; empty if it names none of a kind that is observed.
    public let candidates: [ResourceID]

    /// Creates an endpoint.
    public init(host: String, service: String, what: String, candidates: [ResourceID] = []) {
        self.host = host
        self.service = service
        self.what = what
        self.candidates = candidates
    }

    /// The hosts of services that a text names, in lower case.
    package static func hosts(in text: String) -> [String] { text.hostNames.filter { ServiceHost($0) != nil } }

    /// The resources that a host may name, whatever its region.
    package static func candidates(at host: String) -> [ResourceID] {
        ServiceHost(host).map { all(in: host, region: $0.region).flatMap(\.candidates) } ?? []
    }

    /// The endpoints that a text names: as a host, or within a URL.
    /// - Parameter region: The region of the environment, in which databases are observed.
    static func all(in text: String, region: String) -> [ServiceEndpoint] {
        text.hostNames.compactMap { host in
            guard let place = ServiceHost(host) else { return nil }
            switch place.domain {
            case "cache": return ElastiCacheEndpoint.endpoint(at: place)
            case "rds": return RDSEndpoint.endpoint(at: place, region: region)
            default:
                return ServiceHost.services[place.domain].map {
                    ServiceEndpoint(host: host, service: $0.service, what: $0.what)
                }
            }
        }
    }
}
