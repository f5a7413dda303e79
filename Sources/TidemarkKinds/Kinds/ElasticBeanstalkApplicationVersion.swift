import StrictJSON
import Tidemark

extension Kind {
    package static let elasticBeanstalkApplicationVersion = Kind(rawValue: "elasticbeanstalk.application-version")
}

extension KindDefinition {
    /// The deployed application version; its identity is the environment's name, so that a deploy changes one resource.
    ///
    /// Source: <https://docs.aws.amazon.com/elasticbeanstalk/latest/api/API_ApplicationVersionDescription.html>.
    static let elasticBeanstalkApplicationVersion = KindDefinition(
        .elasticBeanstalkApplicationVersion, decoder: 1,
        questions: [
            QuestionDefinition(
                "version", "elasticbeanstalk", "DescribeApplicationVersions",
                ["ApplicationName": "${application}", "VersionLabels": ["${label}"]],
                facets: [FacetDefinition(Snapshot.description, at: "ApplicationVersions[]", volatile: ["DateUpdated"])],
                members: MembersDefinition(prefix: { _ in "" }, find: version),
                leads: [
                    .members(.elasticBeanstalkBundle, bundleInputs),
                    .resources(.s3Bucket) { bundle(in: $0)?["S3Bucket"]?.string.map { [$0] } ?? [] },
                ])
        ],
        facts: [],
        released: .all)

    private static func version(_ answer: Answer) -> [MembersDefinition.Member]? {
        answer.value["ApplicationVersions"]?.array?.prefix(1).map { .init(answer.identity, $0) }
    }

    private static func bundle(in answer: Answer) -> JSON? {
        answer.value.elements("ApplicationVersions").first?["SourceBundle"]
    }

    /// A deleted version, and the sample of Elastic Beanstalk, have no bundle.
    private static func bundleInputs(_ answer: Answer) -> [QuestionInputs]? {
        guard let bundle = bundle(in: answer), let bucket = bundle["S3Bucket"], let key = bundle["S3Key"] else {
            return []
        }
        return [["bucket": bucket, "key": key]]
    }
}
