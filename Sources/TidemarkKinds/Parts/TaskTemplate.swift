import StrictJSON

/// The rules for lists and secrets in the containers and volumes of a task definition or `Dockerrun.aws.json`.
///
/// Source: <https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html>.
enum TaskTemplate {
    /// - Parameter place: The path of the template in the facet.
    static func lists(at place: AttributePattern = "") -> ListRules {
        let rules: ListRules = ["containerDefinitions": .keyed(by: ["name"]), "volumes": .keyed(by: ["name"])]
        return Dictionary(
            uniqueKeysWithValues: rules.map { (place + $0.key, $0.value) }
                + containerLists.map { (place + "containerDefinitions[]" + $0.key, $0.value) })
    }

    /// - Parameter place: The path of the template in the facet.
    static func redactions(at place: AttributePattern = "") -> [Redaction] {
        containerRedactions.map { Redaction(place + "containerDefinitions[]" + $0.pattern, treatment: $0.treatment) }
            + ["driverOpts", "labels"].map {
                .secret(place + "volumes[].dockerVolumeConfiguration" + .init([.member($0)]))
            }
    }

    private static let containerLists: ListRules = [
        "dependsOn": .keyed(by: ["containerName"]), "environment": .keyed(by: ["name"]),
        "mountPoints": .keyed(by: ["containerPath"]), "secrets": .keyed(by: ["name"]),
        "portMappings": .keyed(by: ["containerPort", "containerPortRange", "protocol"]),
        "systemControls": .keyed(by: ["namespace"]), "ulimits": .keyed(by: ["name"]),
        "volumesFrom": .keyed(by: ["sourceContainer"]), "dnsServers": .ordered, "dnsSearchDomains": .ordered,
        "extraHosts": .keyed(by: ["hostname"]), "logConfiguration.secretOptions": .keyed(by: ["name"]),
        // Their order matters if they are not redacted.
        "command": .ordered, "entryPoint": .ordered, "healthCheck.command": .ordered,
    ]

    /// The name of an environment variable decides. Commands, labels and drivers' options may contain anything.
    private static let containerRedactions: [Redaction] = [
        Redaction("environment[].value") { variable, names in
            names.treatment(of: variable["name"]?.string ?? "", value: variable["value"])
        },
        .secret("command"), .secret("entryPoint"), .secret("healthCheck.command"), .secret("dockerLabels"),
        Redaction("logConfiguration.options") { configuration, _ in
            let form = logOptions[configuration["logDriver"]?.string ?? ""]
            return form?.admits(configuration["options"] ?? .null) == true ? .plain : .secret
        },
        .secret("options", of: "firelensConfiguration", unless: firelensOptions),
    ]

    /// The options of the drivers that need no password.
    ///
    /// Sources: <https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_LogConfiguration.html> and
    /// <https://docs.docker.com/engine/logging/drivers/>.
    private static let logOptions: [String: ValueForm] = [
        "awslogs": texts([
            "awslogs-create-group", "awslogs-datetime-format", "awslogs-group", "awslogs-multiline-pattern",
            "awslogs-region", "awslogs-stream", "awslogs-stream-prefix", "max-buffer-size", "mode", "tag",
        ]),
        "journald": texts(["env", "env-regex", "labels", "labels-regex", "tag"]),
        "json-file": texts(["compress", "env", "env-regex", "labels", "labels-regex", "max-file", "max-size", "tag"]),
    ]

    private static func texts(_ names: [String]) -> ValueForm {
        .object(Dictionary(uniqueKeysWithValues: names.map { ($0, .text) }))
    }

    /// Source: <https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_FirelensConfiguration.html>.
    private static let firelensOptions = ValueForm.object([
        "config-file-type": .name, "config-file-value": .name, "enable-ecs-log-metadata": .truth,
    ])
}
