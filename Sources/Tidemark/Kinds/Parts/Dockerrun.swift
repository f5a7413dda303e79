import StrictJSON

/// `Dockerrun.aws.json`: which containers Elastic Beanstalk is to run. Version 2 defines them as ECS does; version 1 has one.
///
/// Members of no known name are kept under `Other`, where they are redacted.
///
/// Sources: <https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/create_deploy_docker_v2config.html> (version 2) and
/// <https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/single-container-docker-configuration.html> (version 1).
enum Dockerrun {
    static let file = "Dockerrun.aws.json"

    /// - Throws: `Doubt` for what is no JSON, or none of an object.
    static func description(_ bytes: [UInt8]) throws(Doubt) -> JSON {
        guard let json = try? JSON(parsing: bytes), let document = json.object else {
            throw Doubt("'\(file)' in the bundle is no JSON object")
        }
        var kept = closed(document, known: members)
        if let containers = document["containerDefinitions"]?.array {
            kept["containerDefinitions"] = .array(
                containers.map { $0.object.map { .object(closed($0, known: containerMembers)) } ?? $0 })
        }
        return .object(kept)
    }

    private static func closed(_ object: JSONObject, known: Set<String>) -> JSONObject {
        let others = object.members.filter { !known.contains($0.key) }
        var kept = JSONObject(object.members.filter { known.contains($0.key) }.map { ($0.key, $0.value) })
        if !others.isEmpty {
            kept["Other"] = .array(others.map { ["Name": .string($0.key), "Value": $0.value] })
        }
        return kept
    }

    private static let members: Set = [
        "AWSEBDockerrunVersion", "containerDefinitions", "volumes", "authentication", "family",
        // Of version 1.
        "Authentication", "Image", "Ports", "Volumes", "Logging", "Entrypoint", "Command",
    ]

    private static let containerMembers: Set = [
        "command", "cpu", "dependsOn", "disableNetworking", "dnsSearchDomains", "dnsServers", "dockerLabels",
        "dockerSecurityOptions", "entryPoint", "environment", "essential", "extraHosts", "healthCheck", "hostname",
        "image", "interactive", "links", "linuxParameters", "logConfiguration", "memory", "memoryReservation",
        "mountPoints", "name", "portMappings", "privileged", "pseudoTerminal", "readonlyRootFilesystem",
        "repositoryCredentials", "secrets", "startTimeout", "stopTimeout", "systemControls", "ulimits", "user",
        "volumesFrom", "workingDirectory",
    ]

    /// The images by the names of their containers; that of version 1, whose container has none, by `Image`.
    static func images(_ description: JSON) -> [(container: String, image: String)] {
        let defined = description.elements("containerDefinitions").compactMap { container in
            container["image"]?.string.map { (container["name"]?.string ?? "", $0) }
        }
        let single = description["Image"]?["Name"]?.string.map { [("Image", $0)] } ?? []
        return defined + single
    }

    // MARK: How it is stored

    static func lists(at place: AttributePattern) -> ListRules {
        TaskTemplate.lists(at: place).merging(
            [
                place + "Other": .keyed(by: ["Name"]),
                place + "containerDefinitions[].Other": .keyed(by: ["Name"]),
            ]) { $1 }
    }

    static func redactions(at place: AttributePattern) -> [Redaction] {
        let secrets: [AttributePattern] = [
            "Command", "Entrypoint", "Other[].Value", "containerDefinitions[].Other[].Value",
        ]
        return TaskTemplate.redactions(at: place) + secrets.map { .secret(place + $0) }
    }
}
