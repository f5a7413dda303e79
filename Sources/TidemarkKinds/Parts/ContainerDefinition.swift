import StrictJSON
import Tidemark

/// Facts of a running container that come from its task definition.
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

    private typealias DefinedContainer = (container: JSON, networkMode: String?)

    private static func list(_ reader: inout FactReader, _ texts: (DefinedContainer) -> [String]) -> JSON? {
        JSON(Set(all(&reader).flatMap(texts)).sorted { $0.precedesByUTF8($1) })
    }

    /// The container in each of its tasks' definitions.
    private static func all(_ reader: inout FactReader) -> [DefinedContainer] {
        let tasks = reader.facet(Snapshot.description)?.elements("tasks") ?? []
        // The name is the whole identity, or follows the family.
        let name = reader.resource.identity.split(separator: "/").last.map(String.init)
        return Set(tasks.compactMap(\.family)).sorted { $0.precedesByUTF8($1) }.flatMap {
            family -> [DefinedContainer] in
            let resource = ResourceID(.ecsTaskDefinition, family)
            let definition = reader.facet(Snapshot.description, ofNamed: resource)
            return (definition?.definedContainers ?? []).filter { $0["name"]?.string == name }
                .map { ($0, definition?["networkMode"]?.string) }
        }
    }

    /// The mapped ports. If none is named for the host, Docker chooses one, unless the container shares the host's network.
    /// Source: <https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PortMapping.html>.
    private static func ports(_ found: DefinedContainer) -> [String] {
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

extension JSON {
    /// The containers of a task definition.
    var definedContainers: [JSON] { elements("containerDefinitions") }
}
