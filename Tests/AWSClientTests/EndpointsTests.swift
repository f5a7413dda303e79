import AWSShapes
import Testing

@testable import AWSClient

@Suite struct EndpointsTests {
    private func url(_ service: String, _ environment: [String: String], region: String = "eu-central-1") throws
        -> String
    {
        let service = try #require(WireTable.service(named: service))
        let endpoint = try Endpoints(environment).endpoint(of: service, region: region)
        return endpoint.url(path: endpoint.path + "/")
    }

    @Test func `the variable of a service takes precedence over the one for all`() throws {
        let environment = [
            "AWS_ENDPOINT_URL": "http://127.0.0.1:5000", "AWS_ENDPOINT_URL_ELASTIC_BEANSTALK": "https://eb.example.com",
        ]
        #expect(try url("elasticbeanstalk", environment) == "https://eb.example.com/")
        #expect(try url("rds", environment) == "http://127.0.0.1:5000/")
    }

    @Test(arguments: [
        ("autoscaling", "AUTO_SCALING"), ("cloudwatch", "CLOUDWATCH"), ("ec2", "EC2"), ("elasticache", "ELASTICACHE"),
        ("elasticbeanstalk", "ELASTIC_BEANSTALK"), ("iam", "IAM"), ("rds", "RDS"), ("sts", "STS"),
    ])
    func `each service has a variable`(_ service: String, _ suffix: String) throws {
        #expect(try url(service, ["AWS_ENDPOINT_URL_\(suffix)": "http://h:1"]) == "http://h:1/")
    }

    @Test func `configured endpoints can be ignored`() throws {
        let environment = [
            "AWS_ENDPOINT_URL": "http://127.0.0.1:5000", "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS": "true",
        ]
        #expect(try url("rds", environment) == "https://rds.eu-central-1.amazonaws.com/")
    }

    @Test func `an empty variable counts as unset`() throws {
        #expect(try url("rds", ["AWS_ENDPOINT_URL": ""]) == "https://rds.eu-central-1.amazonaws.com/")
    }

    @Test(arguments: [
        ("http://localhost:5000", "http://localhost:5000/"), ("HTTPS://Example.COM:443", "https://example.com/"),
        ("http://h:80/", "http://h/"), ("http://h:443", "http://h:443/"), ("https://h/a/b/", "https://h/a/b/"),
        ("http://[::1]:5000", "http://[::1]:5000/"), ("http://[::1]", "http://[::1]/"),
        ("http://my_host.local", "http://my_host.local/"), ("http://h/a%20b", "http://h/a%20b/"),
    ])
    func `an http or https URL is an endpoint`(_ given: String, _ expected: String) throws {
        #expect(try url("rds", ["AWS_ENDPOINT_URL": given]) == expected)
    }

    @Test(arguments: [
        "localhost:5000", "ftp://h", "file:///etc/passwd", "http://", "http://:80", "http://h:0", "http://h:65536",
        "http://h:port", "http://user:hunter2@h", "http://h?x=1", "http://h/?x", "http://h/#f", "http://h/a b",
        "http://h\r\nX: y", "http://[::1", "http://[]", "http://h/\u{e9}",
    ])
    func `any other value is an error that names the variable and does not quote the value`(_ given: String) throws {
        let error = #expect(throws: AWSError.self) { try url("rds", ["AWS_ENDPOINT_URL_RDS": given]) }
        #expect(error?.reason == .invalid)
        #expect(error?.message.hasPrefix("AWS_ENDPOINT_URL_RDS is not an http or https URL") == true)
        #expect(error?.message.contains("hunter2") == false)
    }

    @Test(arguments: [
        ("us-east-1", "aws", "amazonaws.com"), ("cn-north-1", "aws-cn", "amazonaws.com.cn"),
        ("us-gov-west-1", "aws-us-gov", "amazonaws.com"), ("us-iso-east-1", "aws-iso", "c2s.ic.gov"),
        ("us-isob-east-1", "aws-iso-b", "sc2s.sgov.gov"), ("xx-new-9", "aws", "amazonaws.com"),
    ])
    func `a region belongs to its partition`(_ region: String, _ name: String, _ domain: String) {
        #expect(Partition(region: region).name == name)
        #expect(Partition(region: region).domain == domain)
    }
}
