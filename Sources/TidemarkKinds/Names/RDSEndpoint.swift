import Tidemark

/// The host names that RDS gives to database instances, DB clusters and proxies.
///
/// | host | names |
/// | --- | --- |
/// | `antenna-postgres.c9akciq32rpl.us-west-2.rds.amazonaws.com` | a database instance |
/// | `antenna-postgres.c9akciq32rpl.rds.cn-north-1.amazonaws.com.cn` | one in China |
/// | `….cluster-c9akciq32rpl…`, `….cluster-ro-…`, `….cluster-custom-…` | a DB cluster |
/// | `….global-c9akciq32rpl.global.rds.amazonaws.com` | the writer of a global Aurora database |
/// | `….proxy-c9akciq32rpl…`, `….endpoint.proxy-…` | a proxy |
///
/// Source: <https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.Overview.Endpoints.html> and
/// <https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-proxy-endpoints.html>.
enum RDSEndpoint {
    /// The endpoint at a host in RDS's domain. An instance of another region is not observed.
    static func endpoint(at place: ServiceHost, region: String) -> ServiceEndpoint {
        guard place.names.count == 2, !place.names[1].contains("-") else {
            return ServiceEndpoint(host: place.host, service: "rds", what: what(in: place.names))
        }
        guard place.region == region else {
            return ServiceEndpoint(host: place.host, service: "rds", what: "DB instance in \(place.region)")
        }
        return ServiceEndpoint(
            host: place.host, service: "rds", what: "DB instance of another account, or deleted",
            candidates: [ResourceID(.rdsDBInstance, place.names[0])])
    }

    private static func what(in names: [String]) -> String {
        let forms = [("cluster-", "DB cluster"), ("global-", "Aurora global database"), ("proxy-", "RDS proxy")]
        return forms.first { names.last?.hasPrefix($0.0) == true }?.1 ?? "RDS endpoint"
    }
}
