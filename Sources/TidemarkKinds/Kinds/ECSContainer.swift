import StrictJSON
import Tidemark

extension Kind {
    package static let ecsContainer = Kind(rawValue: "ecs.container")
}

extension KindDefinition {
    /// A container of the tasks that run on the environment's instances, however many tasks run it. The description has the
    /// members of `DescribeTasks` that a deployment changes. The states of the tasks are readings: `tasks`, and `stoppedTasks` as
    /// long as ECS knows them.
    ///
    /// Its identity is the name if its task definition is of the family that Elastic Beanstalk made for this environment,
    /// whose random end changes when the environment is rebuilt; of any other family it is `FAMILY/NAME`.
    ///
    /// The instances' ids lead to the cluster, not its name.
    ///
    /// Source: <https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Container.html>.
    static let ecsContainer = KindDefinition(
        .ecsContainer, decoder: 2,
        questions: [
            QuestionDefinition(
                "clusters", "ecs", "ListClusters", [:], count: .perInputs, requires: AnswerRequirement("clusterArns"),
                leads: [.question("container-instance-arns", clusterInputs)]),
            QuestionDefinition(
                "container-instance-arns", "ecs", "ListContainerInstances", ["cluster": "${cluster}"],
                count: .perInputs, absent: clusterGone, requires: AnswerRequirement("containerInstanceArns"),
                leads: [.question("container-instances", containerInstanceInputs)]),
            QuestionDefinition(
                "container-instances", "ecs", "DescribeContainerInstances",
                ["cluster": "${cluster}", "containerInstances": "${containerInstances}"], count: .perInputs,
                absent: clusterGone,
                requires: AnswerRequirement(
                    "containerInstances", named: "containerInstances[]", "containerInstances[].containerInstanceArn"),
                leads: [
                    .question("task-arns", taskListInputs), .question("stopped-task-arns", taskListInputs),
                    .resources(.ecsCluster, clusters),
                    .links(.cloudWatchAlarm) { Set(clusters($0).map { LinkKey("ClusterName", $0) }) },
                ]),
            QuestionDefinition(
                "task-arns", "ecs", "ListTasks",
                ["cluster": "${cluster}", "containerInstance": "${containerInstance}"], count: .perInputs,
                absent: clusterGone, requires: AnswerRequirement("taskArns"),
                leads: [.question("tasks", taskInputs)]),
            QuestionDefinition(
                "stopped-task-arns", "ecs", "ListTasks",
                ["cluster": "${cluster}", "containerInstance": "${containerInstance}", "desiredStatus": "STOPPED"],
                count: .perInputs, absent: clusterGone, requires: AnswerRequirement("taskArns"),
                leads: [.question("stopped-tasks", taskInputs)]),
            // ECS forgets a stopped task after an hour or later, so one that is listed may be missing.
            QuestionDefinition(
                "stopped-tasks", "ecs", "DescribeTasks", ["cluster": "${cluster}", "tasks": "${tasks}"],
                count: .perInputs, absent: clusterGone, requires: AnswerRequirement("tasks"), readings: stopped),
            QuestionDefinition(
                "tasks", "ecs", "DescribeTasks", ["cluster": "${cluster}", "tasks": "${tasks}"], count: .perInputs,
                absent: clusterGone, requires: AnswerRequirement("tasks", named: "tasks[]", "tasks[].taskArn"),
                facets: [FacetDefinition(Snapshot.description, at: "")],
                members: MembersDefinition(prefix: { _ in "" }, find: containers),
                leads: [
                    .resources(.ecrRepository, repositories), .members(.ecrImage, imageInputs),
                    .members(.ecsTaskDefinition, definitionInputs), .resources(.ecrManifest, manifests),
                    .links(.ecrManifest, tagKeys),
                ]),
        ],
        facts: [
            FactDefinition(
                "definition", "The task definition and its revision; a list where the tasks disagree.", shape: .scalar,
                summarizing: "tasks", compute: definition),
            FactDefinition(
                "image", "The image's name as the task definition has it; a list where the tasks disagree.",
                shape: .scalar, summarizing: "tasks", compute: { JSON.agreed($0.runningContainers.map { $0["image"] }) }
            ),
            FactDefinition(
                "tag", "The tag in the image's name; a list where the tasks disagree.", shape: .scalar,
                compute: { JSON.agreed($0.runningContainers.map { JSON($0.imageName?.tag) }) }),
            FactDefinition(
                "digest", "The digest that runs, as ECS knows it; a list where the tasks disagree.", shape: .scalar,
                summarizing: "tasks", compute: { JSON.agreed($0.runningContainers.map { $0["imageDigest"] }) }),
        ] + RegistryImage.facts + ContainerDefinition.facts,
        images: ImagesDefinition(.running) { _, description in
            description.containers.compactMap { container in
                container.imageName.map {
                    ImageReference(
                        repository: ECRRepositoryURI($0.repository)?.uri ?? $0.repository, tag: $0.tag,
                        digest: container["imageDigest"]?.string ?? $0.digest)
                }
            }
        },
        released: .attributes(["tasks"]))

    private static let clusterGone: Set = ["ClusterNotFoundException"]

    // MARK: From instances to tasks

    private static func clusterInputs(_ answer: Answer) -> [QuestionInputs]? {
        answer.each.flatMap { answer in
            answer.value.elements("clusterArns").map { answer.carried.merging(["cluster": $0]) { $1 } }
        }
    }

    private static func containerInstanceInputs(_ answer: Answer) -> [QuestionInputs]? {
        answer.each.flatMap { $0.inBatches(of: "containerInstanceArns", as: "containerInstances") }
    }

    private static func taskListInputs(_ answer: Answer) -> [QuestionInputs]? {
        answer.each.flatMap { answer in
            answer.containerInstances.compactMap { $0["containerInstanceArn"] }
                .map { answer.carried.merging(["containerInstance": $0]) { $1 } }
        }
    }

    /// The names of the instances' clusters, from `arn:aws:ecs:us-west-2:123456789012:cluster/awseb-a`.
    private static func clusters(_ answer: Answer) -> [String] {
        answer.each.filter { !$0.containerInstances.isEmpty }.compactMap {
            $0.inputs.first?["cluster"]?.string?.nameInARN
        }
    }

    private static func taskInputs(_ answer: Answer) -> [QuestionInputs]? {
        answer.each.flatMap { $0.inBatches(of: "taskArns", as: "tasks") }
    }

    // MARK: From tasks to containers

    private static func containers(_ answer: Answer) -> [MembersDefinition.Member]? {
        let tasks = ContainerTasks(answer)
        return tasks.identities.map { identity in
            MembersDefinition.Member(
                identity, ["tasks": tasks.distinct(identity)], readings: ["tasks": tasks.running(identity)])
        }
    }

    private static func stopped(_ answer: Answer) -> [Reading] {
        let tasks = ContainerTasks(answer)
        return tasks.identities.map { identity in
            Reading(
                resource: ResourceID(.ecsContainer, identity), name: "stoppedTasks", value: tasks.stopped(identity))
        }
    }

    private static func definitionInputs(_ answer: Answer) -> [QuestionInputs]? {
        let tasks = answer.each.flatMap { $0.value.elements("tasks") }
        return Array(Set(tasks.compactMap { $0["taskDefinitionArn"] })).sortedByText.map { ["taskDefinition": $0] }
    }

    /// The inputs for each running image that is in ECR.
    private static func imageInputs(_ answer: Answer) -> [QuestionInputs]? {
        var inputs: [String: QuestionInputs] = [:]
        for container in answer.each.flatMap({ $0.value.containers }) {
            guard let repository = container.imageName.flatMap({ ECRRepositoryURI($0.repository) }),
                let digest = container["imageDigest"]?.string
            else { continue }
            inputs["\(repository.uri)@\(digest)"] = repository.inputs.merging(["digest": .string(digest)]) { $1 }
        }
        return inputs.sorted { $0.key.precedesByUTF8($1.key) }.map(\.value)
    }

    private static func manifests(_ answer: Answer) -> [String] {
        imageInputs(answer)?.compactMap { inputs in
            inputs["digest"]?.string.flatMap { digest in inputs["uri"]?.string.map { "\($0)@\(digest)" } }
        } ?? []
    }

    /// The keys of the tags that the images' names have.
    private static func tagKeys(_ answer: Answer) -> Set<LinkKey> {
        Set(answer.each.flatMap { $0.value.containers }.compactMap { $0.imageName?.tagKey })
    }

    private static func repositories(_ answer: Answer) -> [String] {
        answer.each.flatMap { $0.value.containers }
            .compactMap { $0.imageName.flatMap { ECRRepositoryURI($0.repository)?.uri } }
    }

    // MARK: Facts

    /// `antenna:10`, from `arn:aws:ecs:us-west-2:123456789012:task-definition/antenna:10`.
    private static func definition(_ reader: inout FactReader) -> JSON? {
        let tasks = reader.facet(Snapshot.description)?.elements("tasks") ?? []
        return JSON.agreed(
            tasks.map { ($0["taskDefinitionArn"]?.string?.nameInARN).map(JSON.string) })
    }
}

extension FactReader {
    var runningContainers: [JSON] {
        mutating get { facet(Snapshot.description)?.containers ?? [] }
    }
}

extension Answer {
    /// The inputs that the next question has too: the cluster, the environment and its instances.
    fileprivate var carried: QuestionInputs {
        (inputs.first ?? [:]).filter { ["cluster", "environment", "instances"].contains($0.key) }
    }

    /// The listed container instances that belong to the environment.
    fileprivate var containerInstances: [JSON] {
        let ours = Set((inputs.first?["instances"]?.array ?? []).compactMap(\.string))
        return value.elements("containerInstances").filter { $0["ec2InstanceId"]?.string.map(ours.contains) == true }
    }

    /// The ARNs of a list in batches of 100, the most that ECS describes at once.
    fileprivate func inBatches(of list: String, as input: String) -> [QuestionInputs] {
        let arns = value.elements(list)
        return stride(from: 0, to: arns.count, by: 100).map { start in
            carried.merging([input: .array(Array(arns[start..<min(start + 100, arns.count)]))]) { $1 }
        }
    }
}

extension JSON {
    /// The family of a task's definition: `antenna` of `arn:aws:ecs:us-west-2:123456789012:task-definition/antenna:10`.
    var family: String? { self["taskDefinitionArn"]?.string?.nameInARN.split(separator: ":").first.map(String.init) }

    /// The containers of all tasks of a description.
    fileprivate var containers: [JSON] { elements("tasks").flatMap { $0.elements("containers") } }

    /// The name of a container's image.
    var imageName: ImageName? { self["image"]?.string.map { ImageName($0) } }
}
