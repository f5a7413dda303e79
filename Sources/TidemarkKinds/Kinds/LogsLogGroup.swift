import StrictJSON
import Tidemark

extension Kind {
    package static let logsLogGroup = Kind(rawValue: "logs.log-group")
}

extension KindDefinition {
    /// A log group of the environment's instances; its identity is the name.
    ///
    /// Elastic Beanstalk names it `/aws/elasticbeanstalk/ENVIRONMENT/…`. The slash distinguishes `antenna` from
    /// `antenna-production`.
    ///
    /// Source: <https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_LogGroup.html>.
    static let logsLogGroup = KindDefinition(
        .logsLogGroup, decoder: 1, incarnation: "creationTime",
        questions: [
            QuestionDefinition(
                "log-groups", "logs", "DescribeLogGroups", ["logGroupNamePrefix": "${prefix}", "limit": 50],
                requires: AnswerRequirement("logGroups"),
                facets: [
                    FacetDefinition(Snapshot.description, at: "logGroups[]", volatile: ["storedBytes"])
                ],
                members: MembersDefinition(
                    prefix: ElasticBeanstalkNames.logGroupPrefix(ofEnvironment:), find: logGroups))
        ],
        facts: [
            FactDefinition(
                "retention-days", "For how many days it keeps events, or 'for ever'; from retentionInDays.",
                shape: .scalar,
                compute: { reader in reader.facet(Snapshot.description).map { $0["retentionInDays"] ?? "for ever" } })
        ],
        isReplacedRoutinely: { _, _ in true })

    private static func logGroups(_ answer: Answer) -> [MembersDefinition.Member]? {
        answer.value["logGroups"]?.array?.compactMap { group in
            group["logGroupName"]?.string.map { MembersDefinition.Member($0, group) }
        }
    }
}
