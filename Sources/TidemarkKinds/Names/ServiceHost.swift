/// A host in the domain of an AWS service, split at the labels of its service and its region:
/// `antenna-postgres.c9akciq32rpl.us-west-2.rds.amazonaws.com`.
///
/// The region precedes the service in some domains and follows it in others; RDS has both orders. A host without a further
/// label is the endpoint of the service's API (`rds.us-west-2.amazonaws.com`), which names no resource.
struct ServiceHost: Hashable {
    let host: String
    /// The labels before those of the service and the region.
    let names: [String]
    /// The label of the service: `rds`.
    let domain: String
    /// The region, abbreviated in ElastiCache's domain: `us-west-2`, `usw2`.
    let region: String

    private static let suffixes = [".amazonaws.com", ".amazonaws.com.cn", ".on.aws"]

    /// Parses a host in lower case; nil for a host of another service.
    init?(_ host: String) {
        guard let suffix = Self.suffixes.first(where: host.hasSuffix) else { return nil }
        let labels = host.dropLast(suffix.count).split(separator: ".", omittingEmptySubsequences: false)
            .map(String.init)
        guard labels.count > 2, !labels.contains("") else { return nil }
        let (first, second) = (labels[labels.count - 2], labels[labels.count - 1])
        if Self.domains.contains(second) {
            (domain, region) = (second, first)
        } else if Self.domains.contains(first), second.isRegion {
            (domain, region) = (first, second)
        } else {
            return nil
        }
        self.host = host
        names = labels.dropLast(2)
    }

    /// The labels of services. A bucket may have such a name too, but no host in S3 ends with it and a region.
    private static let domains = Set(services.keys).union(["cache", "rds"])

    /// The services of which no kind is observed, by the label in their domains, and what has such a host.
    ///
    /// | domain | source, below `https://docs.aws.amazon.com` |
    /// | --- | --- |
    /// | `docdb`, `docdb-elastic` | `/documentdb/latest/developerguide/endpoints.html`, `elastic-connecting.html` |
    /// | `neptune` | `/neptune/latest/userguide/feature-overview-endpoints.html` |
    /// | `redshift`, `redshift-serverless` | `/redshift/latest/mgmt/connecting-to-cluster.html`, `serverless-connecting.html` |
    /// | `memorydb` | `/memorydb/latest/devguide/endpoints.html` |
    /// | `dax-clusters` | `/amazondynamodb/latest/developerguide/DAX.concepts.cluster.html` |
    /// | `dsql` | `/aurora-dsql/latest/userguide/accessing.html` |
    /// | `timestream-influxdb` | `/timestream/latest/developerguide/timestream-for-influxdb.html` |
    /// | `es`, `aos`, `aoss` | `/opensearch-service/latest/developerguide/createupdatedomains.html`, `serverless-collection-endpoints.html` |
    /// | `mq` | `/amazon-mq/latest/developer-guide/connect-to-amazonmq.html` |
    /// | `kafka`, `kafka-serverless` | `/msk/latest/developerguide/msk-get-bootstrap-brokers.html` |
    /// | `efs` | `/efs/latest/ug/mounting-fs-mount-cmd-dns-name.html` |
    /// | `fsx` | `/fsx/latest/LustreGuide/mounting-ec2-instance.html` |
    static let services: [String: (service: String, what: String)] = [
        "aos": ("opensearch", "OpenSearch domain"),
        "aoss": ("opensearchserverless", "OpenSearch Serverless collection"),
        "dax-clusters": ("dax", "DAX cluster"),
        "docdb": ("docdb", "DocumentDB cluster"),
        "docdb-elastic": ("docdb-elastic", "DocumentDB elastic cluster"),
        "dsql": ("dsql", "Aurora DSQL cluster"),
        "efs": ("efs", "EFS file system"),
        "es": ("opensearch", "OpenSearch domain"),
        "fsx": ("fsx", "FSx file system"),
        "kafka": ("kafka", "MSK cluster"),
        "kafka-serverless": ("kafka", "MSK Serverless cluster"),
        "memorydb": ("memorydb", "MemoryDB cluster"),
        "mq": ("mq", "Amazon MQ broker"),
        "neptune": ("neptune", "Neptune cluster"),
        "redshift": ("redshift", "Redshift cluster"),
        "redshift-serverless": ("redshift-serverless", "Redshift Serverless workgroup"),
        "timestream-influxdb": ("timestream-influxdb", "Timestream for InfluxDB instance"),
    ]
}

extension String {
    /// Whether a label has the form of a region: `us-west-2`.
    fileprivate var isRegion: Bool {
        let parts = split(separator: "-", omittingEmptySubsequences: false)
        return parts.count > 2 && parts.dropLast().allSatisfy { $0.allSatisfy(\.isLetter) }
            && parts.last.flatMap { Int($0) } != nil
    }
}
