import StrictJSON
import Tidemark

extension Kind {
    package static let cloudWatchAlarm = Kind(rawValue: "cloudwatch.alarm")
}

extension KindDefinition {
    /// An alarm on a metric of the environment; its identity is the name.
    ///
    /// One answer lists all alarms of the region. An alarm is linked by a dimension, such as `EnvironmentName` or
    /// `DBInstanceIdentifier`, or by a name that begins with that of the environment's stack. Composite alarms, which have no
    /// metric of their own, are not recorded.
    ///
    /// Source: <https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricAlarm.html>.
    static let cloudWatchAlarm = KindDefinition(
        .cloudWatchAlarm, decoder: 2, identityAttribute: "AlarmName",
        questions: [
            QuestionDefinition(
                "alarms", "cloudwatch", "DescribeAlarms", ["AlarmTypes": ["MetricAlarm"], "MaxRecords": 100],
                facets: [
                    FacetDefinition(
                        Snapshot.description,
                        at: "MetricAlarms[]", volatile: movesByItself, readings: ["StateValue"],
                        lists: [
                            "Dimensions": .keyed(by: ["Name"]), "Metrics": .keyed(by: ["Id"]),
                            "Metrics[].MetricStat.Metric.Dimensions": .keyed(by: ["Name"]),
                        ])
                ],
                members: MembersDefinition(prefix: { _ in "" }, find: alarms, linkKeys: AlarmLinks.keys(of:)))
        ],
        facts: [
            FactDefinition(
                "watches", "The metrics: 'AWS/RDS CPUUtilization DBInstanceIdentifier=antenna-postgres'.",
                shape: .list,
                compute: { reader in
                    reader.facet(Snapshot.description).map { JSON($0.watched.sorted { $0.precedesByUTF8($1) }) }
                }),
            FactDefinition(
                "condition", "When it goes off: 'CPUUtilization > 80 for 2 x 300 s'.", shape: .scalar,
                compute: { reader in reader.facet(Snapshot.description).flatMap(AlarmCondition.inWords) }),
        ],
        isReplacedRoutinely: { name, _ in ElasticBeanstalkNames.isOwn(name) })

    /// The state, and the time of the last `PutMetricAlarm`, also of one that changed nothing.
    private static let movesByItself: Set<AttributePattern> = [
        "AlarmConfigurationUpdatedTimestamp", "StateValue", "StateReason", "StateReasonData", "StateUpdatedTimestamp",
        "StateTransitionedTimestamp",
        "EvaluationState",
    ]

    private static func alarms(_ answer: Answer) -> [MembersDefinition.Member]? {
        answer.value["MetricAlarms"]?.array?.compactMap { alarm in
            alarm["AlarmName"]?.string.map { MembersDefinition.Member($0, alarm) }
        }
    }
}

/// The condition of an alarm, in words.
///
/// Source of the members: <https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html>.
private enum AlarmCondition {
    static func inWords(_ alarm: JSON) -> JSON? {
        guard let comparison = alarm["ComparisonOperator"]?.string, let limit = limit(of: alarm) else { return nil }
        return .string(
            "\(subject(of: alarm)) \(operators[comparison] ?? comparison) \(limit)\(duration(of: alarm))")
    }

    private static let operators = [
        "GreaterThanOrEqualToThreshold": ">=", "GreaterThanThreshold": ">", "LessThanThreshold": "<",
        "LessThanOrEqualToThreshold": "<=", "LessThanLowerThreshold": "below", "GreaterThanUpperThreshold": "above",
        "LessThanLowerOrGreaterThanUpperThreshold": "outside",
    ]

    /// A number, or the expression for a band of numbers.
    private static func limit(of alarm: JSON) -> String? {
        if let band = alarm["ThresholdMetricId"] {
            return alarm.elements("Metrics").first { $0["Id"] == band }?["Expression"]?.string ?? band.string
        }
        // XML writes 80 as `80.0`.
        return alarm["Threshold"]?.scalarText.map { $0.hasSuffix(".0") ? String($0.dropLast(2)) : $0 }
    }

    /// The metric, or the expression whose result is compared.
    private static func subject(of alarm: JSON) -> String {
        let result = result(of: alarm)
        return alarm["MetricName"]?.string ?? result?["Expression"]?.string
            ?? result?["MetricStat"]?["Metric"]?["MetricName"]?.string ?? "the result"
    }

    private static func result(of alarm: JSON) -> JSON? {
        alarm.elements("Metrics").first { $0["ReturnData"] != false && $0["Id"] != alarm["ThresholdMetricId"] }
    }

    /// ` for 2 x 300 s`, ` for 2 of 3 x 300 s`.
    private static func duration(of alarm: JSON) -> String {
        guard let periods = alarm["EvaluationPeriods"]?.integer else { return "" }
        let enough = alarm["DatapointsToAlarm"]?.integer ?? periods
        let result = result(of: alarm)
        let seconds = alarm["Period"] ?? result?["MetricStat"]?["Period"] ?? result?["Period"]
        let count = enough < periods ? "\(enough) of \(periods)" : "\(periods)"
        return " for \(count) " + (seconds?.scalarText.map { "x \($0) s" } ?? "periods")
    }
}

extension JSON {
    /// The metrics that an alarm watches, in words.
    fileprivate var watched: [String] {
        let query = self["EvaluationCriteria"]?["PromQLCriteria"]?["Query"]?.string
        return watchedMetrics.map(\.metricInWords) + (query.map { ["PromQL \($0)"] } ?? [])
    }

    private var metricInWords: String {
        let dimensions = elements("Dimensions").compactMap { dimension in
            dimension["Name"]?.string.flatMap { name in dimension["Value"]?.string.map { "\(name)=\($0)" } }
        }
        return
            ([self["Namespace"], self["MetricName"]].compactMap { $0?.string }
            + dimensions.sorted { $0.precedesByUTF8($1) }).joined(separator: " ")
    }
}
