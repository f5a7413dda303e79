/// A host name that RDS gives to a database instance: `antenna-postgres.c9akciq32rpl.us-west-2.rds.amazonaws.com`, and in
/// China `antenna-postgres.c9akciq32rpl.rds.cn-north-1.amazonaws.com.cn`.
struct RDSEndpoint: Hashable {
    let identifier: String
    let host: String

    /// The endpoints of instances in `region` that a text names: as a host, or within a URL.
    ///
    /// A cluster's endpoint (`.cluster-…`) and a proxy's (`.proxy-…`) name no instance.
    static func all(in text: String, region: String) -> [RDSEndpoint] {
        let suffixes = ["\(region).rds.amazonaws.com", "rds.\(region).amazonaws.com.cn"]
        return text.hostNames.compactMap { host in
            let labels = host.split(separator: ".", maxSplits: 2, omittingEmptySubsequences: false)
            guard labels.count == 3, !labels[0].isEmpty, !labels[1].isEmpty, !labels[1].contains("-"),
                suffixes.contains(String(labels[2]))
            else { return nil }
            return RDSEndpoint(identifier: String(labels[0]), host: host)
        }
    }
}
