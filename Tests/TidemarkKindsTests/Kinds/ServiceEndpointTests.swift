import Testing
import Tidemark

@testable import TidemarkKinds

struct ServiceEndpointTests {
    private func listed(_ text: String) -> [String] {
        ServiceEndpoint.all(in: text, region: "us-west-2").map { "\($0.service): \($0.what)" }
    }

    @Test(arguments: [
        ("antenna.cluster-c9akciq32rpl.us-west-2.rds.amazonaws.com", "rds: DB cluster"),
        ("antenna.cluster-ro-c9akciq32rpl.us-west-2.rds.amazonaws.com", "rds: DB cluster"),
        ("antenna.cluster-custom-c9akciq32rpl.us-west-2.rds.amazonaws.com", "rds: DB cluster"),
        ("antenna.cluster-c9akciq32rpl.rds.cn-north-1.amazonaws.com.cn", "rds: DB cluster"),
        ("antenna.global-c9akciq32rpl.global.rds.amazonaws.com", "rds: Aurora global database"),
        ("antenna.proxy-c9akciq32rpl.us-west-2.rds.amazonaws.com", "rds: RDS proxy"),
        ("reader.endpoint.proxy-c9akciq32rpl.us-west-2.rds.amazonaws.com", "rds: RDS proxy"),
        ("antenna.shardgrp-c9akciq32rpl.us-west-2.rds.amazonaws.com", "rds: RDS endpoint"),
        ("antenna-postgres.c9akciq32rpl.eu-west-1.rds.amazonaws.com", "rds: DB instance in eu-west-1"),
        ("antenna-abc123.serverless.usw2.cache.amazonaws.com", "elasticache: serverless cache"),
        ("antenna.abc123.clustercfg.dax.usw2.cache.amazonaws.com", "dax: DAX cluster"),
        ("antenna.abc123.dax-clusters.us-west-2.amazonaws.com", "dax: DAX cluster"),
        ("clustercfg.antenna.abc123.memorydb.us-west-2.amazonaws.com", "memorydb: MemoryDB cluster"),
        ("antenna.cluster-c9akciq32rpl.us-west-2.docdb.amazonaws.com", "docdb: DocumentDB cluster"),
        ("antenna-123456789012.us-west-2.docdb-elastic.amazonaws.com", "docdb-elastic: DocumentDB elastic cluster"),
        ("antenna.cluster-c9akciq32rpl.us-west-2.neptune.amazonaws.com", "neptune: Neptune cluster"),
        ("antenna.abc123xyz789.us-west-2.redshift.amazonaws.com", "redshift: Redshift cluster"),
        (
            "default.123456789012.us-west-2.redshift-serverless.amazonaws.com",
            "redshift-serverless: Redshift Serverless workgroup"
        ),
        ("foo0bar1baz2.dsql.us-west-2.on.aws", "dsql: Aurora DSQL cluster"),
        (
            "abc123-def456.timestream-influxdb.us-west-2.on.aws",
            "timestream-influxdb: Timestream for InfluxDB instance"
        ),
        ("vpc-antenna-abc123.us-west-2.es.amazonaws.com", "opensearch: OpenSearch domain"),
        ("search-antenna-abc123.aos.us-west-2.on.aws", "opensearch: OpenSearch domain"),
        ("abc123.us-west-2.aoss.amazonaws.com", "opensearchserverless: OpenSearch Serverless collection"),
        ("b-1234a5b6-78cd-901e-2fgh-3i45j6k178l9-1.mq.us-west-2.amazonaws.com", "mq: Amazon MQ broker"),
        ("b-1234a5b6-78cd-901e-2fgh-3i45j6k178l9.mq.us-west-2.on.aws", "mq: Amazon MQ broker"),
        ("b-1.antenna.abc123.c2.kafka.us-west-2.amazonaws.com", "kafka: MSK cluster"),
        ("boot-abc123.c1.kafka-serverless.us-west-2.amazonaws.com", "kafka: MSK Serverless cluster"),
        ("fs-01234567.efs.us-west-2.amazonaws.com", "efs: EFS file system"),
        ("fs-01234567.fsx.us-west-2.amazonaws.com", "fsx: FSx file system"),
    ])
    func `a host of a service of which no kind is observed is named`(host: String, what: String) {
        for text in [host, host.uppercased(), "scheme://user:p%40ss@\(host):1234/path?a=b", "\(host).,x"] {
            #expect(listed(text) == [what])
        }
        #expect(ServiceEndpoint.all(in: host, region: "us-west-2").map(\.candidates) == [[]])
        #expect(listed("\(host).example") == [])
    }

    @Test(arguments: [
        "rds.us-west-2.amazonaws.com", "us-west-2.rds.amazonaws.com", "es.us-west-2.amazonaws.com", "rds.amazonaws.com",
        "sqs.us-west-2.amazonaws.com", "antenna-media.s3.us-west-2.amazonaws.com", "x.efs.s3.amazonaws.com",
        "x.cache.s3-us-west-2.amazonaws.com", "x.mq.s3.us-west-2.amazonaws.com",
        "vpce-0a.rds.us-west-2.vpce.amazonaws.com", "antenna.us-west-2.elasticbeanstalk.com",
        "antenna.us-west-2.elb.amazonaws.com", "dynamodb.us-west-2.amazonaws.com", "..us-west-2.rds.amazonaws.com",
    ])
    func `the endpoint of an API and a bucket are not listed`(host: String) { #expect(listed(host) == []) }

    @Test func `each broker of a list is named`() {
        let host = "antenna.abc123.c2.kafka.us-west-2.amazonaws.com"
        let endpoints = ServiceEndpoint.all(in: "b-1.\(host):9094,b-2.\(host):9094", region: "us-west-2")
        #expect(endpoints.map(\.host) == ["b-1.\(host)", "b-2.\(host)"])
    }
}
