import StrictJSON
import Tidemark

extension Kind {
    package static let ecsTaskDefinition = Kind(rawValue: "ecs.task-definition")
}

extension KindDefinition {
    /// The definition of the environment's tasks; its identity is the family, so that a deploy changes one resource. The
    /// description is that of the newest revision that runs.
    ///
    /// Source: <https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_TaskDefinition.html>.
    static let ecsTaskDefinition = KindDefinition(
        .ecsTaskDefinition, decoder: 2,
        questions: [
            QuestionDefinition(
                "definition", "ecs", "DescribeTaskDefinition", ["taskDefinition": "${taskDefinition}"],
                count: .perInputs,
                requires: AnswerRequirement(
                    "taskDefinition", named: "taskDefinition", "taskDefinition.taskDefinitionArn"),
                facets: [
                    FacetDefinition(
                        Snapshot.description, at: "taskDefinition", lists: TaskTemplate.lists(),
                        redactions: TaskTemplate.redactions())
                ],
                members: MembersDefinition(prefix: { _ in "" }, find: families),
                leads: [
                    .resources(.iamRole, roles), .resources(.secretsManagerSecret, secrets),
                    .resources(.s3Bucket, buckets), .endpoints(in: { variables($0).map(\.value) }),
                ])
        ],
        facts: [
            FactDefinition(
                "containers", "The names of the containers that it defines; from containerDefinitions.", shape: .list,
                compute: { reader in
                    let names = reader.facet(Snapshot.description)?.definedContainers.compactMap { $0["name"] } ?? []
                    return .array(names.sortedByText)
                })
        ],
        // A deploy registers the next revision.
        released: .attributes(["taskDefinitionArn", "revision", "containerDefinitions", "registeredAt", "registeredBy"]
        ),
        isReplacedRoutinely: { family, _ in ElasticBeanstalkNames.isOwn(family) })

    private static func families(_ answer: Answer) -> [MembersDefinition.Member]? {
        var newest: [String: JSON] = [:]
        for one in answer.each {
            guard let definition = one.value["taskDefinition"], let family = definition["family"]?.string else {
                return nil
            }
            guard let known = newest[family] else {
                newest[family] = definition
                continue
            }
            if revision(of: known) < revision(of: definition) { newest[family] = definition }
        }
        return newest.map { MembersDefinition.Member($0, $1) }
    }

    private static func revision(of definition: JSON) -> Int64 { definition["revision"]?.integer ?? .min }

    // MARK: Leads

    private static func roles(_ answer: Answer) -> [String] {
        answer.each.flatMap { one in ["taskRoleArn", "executionRoleArn"].compactMap { one.definition[$0]?.string } }
            .map(\.nameInARN)
    }

    private static func secrets(_ answer: Answer) -> [String] {
        answer.each.flatMap { one in
            one.definition.definedContainers.flatMap { container in
                let named =
                    container.elements("secrets") + (container["logConfiguration"]?.elements("secretOptions") ?? [])
                return named.map { $0["valueFrom"] } + [container["repositoryCredentials"]?["credentialsParameter"]]
            }
        }.flatMap { SecretARN.all(in: $0?.string ?? "") }
    }

    private static func buckets(_ answer: Answer) -> [String] {
        variables(answer).flatMap { name, value in
            [BucketName.named(by: name, value)].compactMap(\.self) + BucketName.all(in: value)
        }
    }

    private static func variables(_ answer: Answer) -> [(name: String, value: String)] {
        answer.each.flatMap { one in one.definition.definedContainers.flatMap { $0.elements("environment") } }
            .compactMap { variable in variable["value"]?.string.map { (variable["name"]?.string ?? "", $0) } }
    }
}

extension Answer {
    fileprivate var definition: JSON { value["taskDefinition"] ?? [:] }
}
