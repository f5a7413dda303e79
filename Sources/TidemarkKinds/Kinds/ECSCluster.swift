import StrictJSON
import Tidemark

extension Kind {
    package static let ecsCluster = Kind(rawValue: "ecs.cluster")
}

extension KindDefinition {
    /// The cluster of the environment's instances; its identity is the name.
    ///
    /// Source: <https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Cluster.html>.
    static let ecsCluster = KindDefinition(
        .ecsCluster, decoder: 1,
        questions: [
            QuestionDefinition(
                "cluster", "ecs", "DescribeClusters",
                ["clusters": ["${identity}"], "include": ["CONFIGURATIONS", "SETTINGS", "TAGS"]], isGone: isGone,
                requires: AnswerRequirement("clusters", named: "clusters[]", "clusters[].clusterName"),
                facets: [description])
        ],
        facts: [
            FactDefinition(
                "container-insights", "Whether CloudWatch is given metrics of its tasks: 'enabled'; from settings.",
                shape: .scalar,
                compute: { reader in
                    reader.facet(Snapshot.description)?.elements("settings")
                        .first { $0["name"] == "containerInsights" }?["value"]
                })
        ],
        isReplacedRoutinely: { name, _ in ElasticBeanstalkNames.isOwn(name) })

    private static let description = FacetDefinition(
        Snapshot.description,
        at: "clusters[]", selector: .identity(member: "clusterName"),
        // These change with what runs at the moment.
        volatile: [
            "status", "registeredContainerInstancesCount", "runningTasksCount", "pendingTasksCount",
            "activeServicesCount", "statistics", "attachmentsStatus", "attachments[].status",
        ],
        readings: ["status"],
        lists: [
            "settings": .keyed(by: ["name"]), "tags": .keyed(by: ["key"]), "attachments": .keyed(by: ["id"]),
            "attachments[].details": .keyed(by: ["name"]),
            "defaultCapacityProviderStrategy": .keyed(by: ["capacityProvider"]),
        ])

    /// A deleted cluster is described as inactive for some time, and is listed among the failures after that.
    private static func isGone(_ answer: Answer) -> Bool {
        let isMissing = answer.value.elements("failures").contains { $0["reason"] == "MISSING" }
        return answer.content(of: description).map { $0["status"] == "INACTIVE" } ?? isMissing
    }
}
