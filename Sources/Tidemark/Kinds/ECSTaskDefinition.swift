import StrictJSON

extension Kind {
    package static let ecsTaskDefinition = Kind(rawValue: "ecs.task-definition")
}

extension KindDefinition {
    /// What the environment's tasks are defined to be, by family; the description is that of the revision in use, and
    /// where tasks of several run, of the newest. So a deploy is a change of one resource, and not one that goes and one
    /// that comes.
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
                    .resources(.s3Bucket, buckets),
                ] + Lead.endpoints(in: { variables($0).map(\.value) }))
        ],
        facts: [
            FactDefinition(
                "containers", "The names of the containers that it defines; from containerDefinitions.", shape: .list,
                compute: { reader in
                    let names = reader.facet(Snapshot.description)?.containers.compactMap { $0["name"] } ?? []
                    return .array(names.sortedByText)
                })
        ],
        // A deploy registers the next revision.
        released: .attributes(["taskDefinitionArn", "revision", "containerDefinitions", "registeredAt", "registeredBy"])
    )

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
            one.definition.containers.flatMap { container in
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
        answer.each.flatMap { one in one.definition.containers.flatMap { $0.elements("environment") } }
            .compactMap { variable in variable["value"]?.string.map { (variable["name"]?.string ?? "", $0) } }
    }
}

/// What a task definition says of one container, as facts of the container that runs.
enum ContainerDefinition {
    static let facts: [FactDefinition] = [
        FactDefinition(
            "ports", "From where on the host its ports are reached: '80 -> 5000/tcp'; from its task definition.",
            shape: .list, compute: { list(&$0, ports) }),
        FactDefinition(
            "memory", "The most memory that it may use, in MiB; from its task definition.", shape: .scalar,
            compute: { reader in JSON.agreed(all(&reader).map { $0.container["memory"] }) }),
        FactDefinition(
            "links", "The containers that it reaches by name; from its task definition.", shape: .list,
            compute: { list(&$0) { $0.container.elements("links").compactMap(\.string) } }),
        FactDefinition(
            "environment", "The names of its environment variables, of secrets too; from its task definition.",
            shape: .list,
            compute: {
                list(&$0) {
                    ["environment", "secrets"].flatMap($0.container.elements).compactMap { $0["name"]?.string }
                }
            }),
    ]

    private typealias Found = (container: JSON, networkMode: String?)

    private static func list(_ reader: inout FactReader, _ texts: (Found) -> [String]) -> JSON? {
        JSON(Set(all(&reader).flatMap(texts)).sorted { $0.precedesByUTF8($1) })
    }

    /// What each task definition that its tasks are of says of it.
    private static func all(_ reader: inout FactReader) -> [Found] {
        let tasks = reader.facet(Snapshot.description)?.elements("tasks") ?? []
        // `antenna` of `arn:aws:ecs:us-west-2:123456789012:task-definition/antenna:10`.
        let families = Set(
            tasks.compactMap { $0["taskDefinitionArn"]?.string?.nameInARN.split(separator: ":").first.map(String.init) }
        )
        return families.sorted { $0.precedesByUTF8($1) }.flatMap { family -> [Found] in
            let resource = ResourceID(.ecsTaskDefinition, family)
            let definition = reader.facet(Snapshot.description, ofNamed: resource)
            return (definition?.containers ?? []).filter { $0["name"]?.string == reader.resource.identity }
                .map { ($0, definition?["networkMode"]?.string) }
        }
    }

    /// Docker chooses a port of the host where none is named and the container has a network of its own.
    /// Source: <https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PortMapping.html>.
    private static func ports(_ found: Found) -> [String] {
        let isShared = ["host", "awsvpc"].contains(found.networkMode)
        return found.container.elements("portMappings").compactMap { mapping in
            let inside = mapping["containerPortRange"]?.string ?? mapping["containerPort"]?.scalarText
            let named = mapping["hostPort"]?.scalarText
            return inside.map { inside in
                let outside = named.flatMap { $0 == "0" ? nil : $0 } ?? (isShared ? inside : "any")
                return "\(outside) -> \(inside)/\(mapping["protocol"]?.string ?? "tcp")"
            }
        }
    }
}

extension Answer {
    fileprivate var definition: JSON { value["taskDefinition"] ?? [:] }
}

extension JSON {
    fileprivate var containers: [JSON] { elements("containerDefinitions") }
}
