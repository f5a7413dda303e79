import StrictJSON
import Tidemark

/// The containers in the answers to `DescribeTasks`, each with its task, by the containers' identities.
///
/// Source: <https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Task.html>.
struct ContainerTasks {
    private let byContainer: [String: [(task: JSON, container: JSON)]]

    /// - Parameter answer: Answers with the input `environment`, the environment's name.
    init(_ answer: Answer) {
        let environment = answer.each.lazy.compactMap { $0.inputs.first?["environment"]?.string }.first
        byContainer = answer.each.flatMap { $0.value.elements("tasks") }.reduce(into: [:]) { found, task in
            for container in task.elements("containers") {
                guard let name = container["name"]?.string else { continue }
                let identity = Self.identity(of: name, in: task.family, environment: environment)
                found[identity, default: []].append((task, container))
            }
        }
    }

    /// The identities of the containers, sorted.
    var identities: [String] { byContainer.keys.sorted { $0.precedesByUTF8($1) } }

    /// Elastic Beanstalk's family is `awseb-ENVIRONMENT-` and a random end without a dash.
    private static func identity(of name: String, in family: String?, environment: String?) -> String {
        guard let family, let environment else { return name }
        let prefix = "awseb-\(environment)-"
        let isOwn = family.hasPrefix(prefix) && !family.dropFirst(prefix.count).contains("-")
        return isOwn ? name : "\(family)/\(name)"
    }

    // MARK: What a deployment changes

    /// The distinct (definition, image, digest) of a container's tasks.
    func distinct(_ identity: String) -> JSON {
        let tasks = (byContainer[identity] ?? []).map { task, container -> JSON in
            let kept: JSON = .object(JSONObject(keptMembers.compactMap { key in container[key].map { (key, $0) } }))
            var members: JSONObject = ["containers": [kept]]
            members["taskDefinitionArn"] = task["taskDefinitionArn"]
            return .object(members)
        }
        return .array(Array(Set(tasks)))
    }

    private let keptMembers = ["name", "image", "imageDigest"]

    // MARK: What changes by itself

    /// The state of each task, by its ARN: the number of them for each image, and their health.
    func running(_ identity: String) -> JSON {
        states(byContainer[identity] ?? []) { task, container in
            [
                ("lastStatus", container["lastStatus"]), ("healthStatus", container["healthStatus"]),
                ("startedAt", task["startedAt"]), ("architecture", Self.architecture(of: task)),
            ]
        }
    }

    /// How each of the newest stopped tasks ended, by its ARN.
    func stopped(_ identity: String) -> JSON {
        let newest = (byContainer[identity] ?? []).sorted { one, other in
            Self.end(of: other).precedesByUTF8(Self.end(of: one))
        }
        return states(newest.prefix(Self.mostStopped)) { task, container in
            [
                ("exitCode", container["exitCode"]), ("reason", container["reason"]), ("stopCode", task["stopCode"]),
                ("stoppedReason", task["stoppedReason"]), ("stoppedAt", task["stoppedAt"]),
            ]
        }
    }

    /// A task that fails again and again is stopped hundreds of times before ECS forgets the first.
    private static let mostStopped = 10

    private static func end(of pair: (task: JSON, container: JSON)) -> String {
        (pair.task["stoppedAt"]?.string ?? "") + (pair.task["taskArn"]?.string ?? "")
    }

    private func states(
        _ tasks: some Sequence<(task: JSON, container: JSON)>, _ more: (JSON, JSON) -> [(String, JSON?)]
    ) -> JSON {
        let found = tasks.compactMap { task, container -> (String, JSON)? in
            guard let arn = task["taskArn"]?.string else { return nil }
            let members: [(String, JSON?)] =
                [
                    ("definition", task["taskDefinitionArn"]), ("digest", container["imageDigest"]),
                    ("image", container["image"]),
                ] + more(task, container)
            return (arn, .object(JSONObject(members.compactMap { name, value in value.map { (name, $0) } })))
        }
        return .object(JSONObject(found.sorted { $0.0.precedesByUTF8($1.0) }))
    }

    /// The architecture of the task's host in OCI's names, if ECS names it.
    private static func architecture(of task: JSON) -> JSON? {
        let attribute = task.elements("attributes").first { $0["name"] == "ecs.cpu-architecture" }
        return (attribute?["value"]?.string).flatMap(Platform.architecture).map(JSON.string)
    }
}
