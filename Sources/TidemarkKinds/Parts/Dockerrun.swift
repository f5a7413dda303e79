import StrictJSON

/// `Dockerrun.aws.json`, the definition of the containers that Elastic Beanstalk runs. Version 2 has the form of ECS; version
/// 1 has one container.
///
/// Members with an unknown name or an unexpected form are kept under `Other`, where they are redacted.
///
/// Sources: <https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/create_deploy_docker_v2config.html> (version 2) and
/// <https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/single-container-docker-configuration.html> (version 1).
enum Dockerrun {
    static let file = "Dockerrun.aws.json"

    /// - Throws: `UnreadableAnswer` if the text is not a JSON object.
    static func description(_ bytes: [UInt8]) throws(UnreadableAnswer) -> JSON {
        guard let json = try? JSON(parsing: bytes), let document = json.object else {
            throw UnreadableAnswer(.unreadableFile(file, .notObject))
        }
        var kept = document.restricted(to: members)
        if let containers = kept["containerDefinitions"]?.array {
            kept["containerDefinitions"] = .array(
                containers.map { .object(($0.object ?? [:]).restricted(to: containerMembers)) })
        }
        return .object(kept)
    }

    private static let members: [String: ValueForm] = [
        "AWSEBDockerrunVersion": .number, "containerDefinitions": .list(.objectOfAny), "family": .name,
        "authentication": .object(["bucket": .name, "key": .name]),
        "volumes": .list(
            .object([
                "name": .name, "host": .object(["sourcePath": .name]),
                "dockerVolumeConfiguration": .object([
                    "scope": .name, "autoprovision": .truth, "driver": .name, "driverOpts": .any, "labels": .any,
                ]),
            ])),
        // Of version 1.
        "Authentication": .object(["Bucket": .name, "Key": .name]), "Logging": .name, "Entrypoint": .any,
        "Image": .object(["Name": .image, "Update": .truth]), "Command": .any,
        "Ports": .list(.object(["ContainerPort": .number, "HostPort": .number])),
        "Volumes": .list(.object(["HostDirectory": .name, "ContainerDirectory": .name])),
    ]

    private static let containerMembers: [String: ValueForm] = [
        "command": .any, "cpu": .number, "disableNetworking": .truth, "dnsSearchDomains": .list(.name),
        "dependsOn": .list(.object(["containerName": .name, "condition": .name])), "dnsServers": .list(.name),
        "dockerLabels": .any, "dockerSecurityOptions": .list(.name), "entryPoint": .any,
        // The name of a variable decides whether its value is redacted.
        "environment": .list(.object(["name": .name, "value": .text])), "essential": .truth,
        "extraHosts": .list(.object(["hostname": .name, "ipAddress": .name])),
        "healthCheck": .object([
            "command": .any, "interval": .number, "timeout": .number, "retries": .number, "startPeriod": .number,
        ]),
        "hostname": .name, "image": .image, "interactive": .truth, "links": .list(.name),
        "logConfiguration": .object(["logDriver": .name, "options": .any]), "memory": .number,
        "memoryReservation": .number,
        "mountPoints": .list(.object(["sourceVolume": .name, "containerPath": .name, "readOnly": .truth])),
        "name": .name,
        "portMappings": .list(
            .object(["hostPort": .number, "containerPort": .number, "protocol": .name, "name": .name])),
        "privileged": .truth, "pseudoTerminal": .truth, "readonlyRootFilesystem": .truth,
        "repositoryCredentials": .object(["credentialsParameter": .name]),
        "secrets": .list(.object(["name": .name, "valueFrom": .name])), "startTimeout": .number,
        "stopTimeout": .number, "systemControls": .list(.object(["namespace": .name, "value": .name])),
        "ulimits": .list(.object(["name": .name, "softLimit": .number, "hardLimit": .number])), "user": .name,
        "volumesFrom": .list(.object(["sourceContainer": .name, "readOnly": .truth])), "workingDirectory": .name,
    ]

    /// The images by the names of their containers. The one of version 1, which has no name, is called `Image`.
    static func images(_ description: JSON) -> [(container: String, image: String)] {
        let defined = description.elements("containerDefinitions").compactMap { container in
            container["image"]?.string.map { (container["name"]?.string ?? "", $0) }
        }
        let single = description["Image"]?["Name"]?.string.map { [("Image", $0)] } ?? []
        return defined + single
    }

    // MARK: Storage

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
