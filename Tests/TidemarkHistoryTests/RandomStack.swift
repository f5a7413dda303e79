import StrictJSON
import Tidemark
import TidemarkKinds
import TidemarkTestSupport

/// A stack of which something changes from each observation to the next, mostly to what it was before.
struct RandomStack {
    private struct Instance {
        var engine: String? = "postgres"
        var size = "a"
        var groups = ["sg-1"]
        var incarnation = "A"
        var isReached = true
        var health = "available"
        var secret: String?
    }

    private static let names = ["antenna-1", "antenna-2", "antenna-3"]
    private static let firewalls = ["sg-1", "sg-2", "sg-3"]

    private var random: SeededGenerator
    private var instances = names.map { _ in Instance() }
    /// Nil for a group that is gone.
    private var groupNames: [String?] = ["web", "rds", "rds"]
    private var source = "sg-2"
    private var gaps: [Gap] = []
    private var decoder: String? = "1"
    private var key: String? = "k1"
    private var binding = "e-abc"
    private var failures: [DeploymentFailure] = []
    private var status = "Ready"

    init(seed: UInt64) { random = SeededGenerator(seed: seed) }

    mutating func chance(_ count: Int, of all: Int) -> Bool { Int.random(in: 0..<all, using: &random) < count }

    private mutating func pick<Element>(_ elements: [Element]) -> Element {
        elements[Int.random(in: elements.indices, using: &random)]
    }

    mutating func next() -> EnvironmentObservation {
        for _ in 0..<Int.random(in: 0...2, using: &random) { change() }
        return observation()
    }

    private mutating func change() {
        let index = Int.random(in: instances.indices, using: &random)
        switch Int.random(in: 0..<16, using: &random) {
        case 0, 1: instances[index].engine = pick(["postgres", "mysql", "mysql", nil])
        case 2: instances[index].size = pick(["a", "b", "c"])
        case 3: instances[index].groups = pick([["sg-1"], ["sg-1", "sg-2"], ["sg-2"], ["sg-3"]])
        case 4: instances[0].incarnation = pick(["A", "B"])
        case 5: instances[index].isReached.toggle()
        case 6: instances[index].health = pick(["available", "failed", "stopped"])
        case 7: instances[index].secret = pick([nil, "x", "y"])
        case 8: groupNames[index] = pick(["web", "web", "rds", nil])
        case 9: source = pick(Self.firewalls)
        case 10: gaps = pick([[], [], [Self.ofDatabase], [Self.ofGroups]])
        case 11: decoder = pick(["1", "1", "2", nil])
        case 12: key = pick(["k1", "k1", "k2", nil])
        case 13: binding = pick(["e-abc", "e-rebuilt"])
        case 14: failures = pick([[], [.configurationFailed]])
        default: status = pick(["Ready", "Ready", "Updating", "Terminated"])
        }
    }

    private static let ofDatabase = Gap.denied(
        "rds", "DescribeDBInstances", facets: [FacetID(ResourceID(.rdsDBInstance, "antenna-1"), Snapshot.description)])
    private static let ofGroups = Gap.denied("ec2", "DescribeSecurityGroups", kinds: [.ec2SecurityGroup])

    private func observation() -> EnvironmentObservation {
        var facets: [FacetID: JSON?] = [
            Stack.environment.described: ["EnvironmentName": "antenna-prod", "VersionLabel": "v1"]
        ]
        var (fingerprints, readings) = ([Fingerprint](), [Reading]())
        for (name, instance) in zip(Self.names, instances) {
            let resource = ResourceID(.rdsDBInstance, name)
            let content: JSON? = instance.engine.map { engine in
                [
                    "DBInstanceIdentifier": .string(name), "Engine": .string(engine),
                    "DBInstanceClass": .string(instance.size), "DbiResourceId": .string(instance.incarnation),
                    "VpcSecurityGroups": .array(instance.groups.map { ["VpcSecurityGroupId": .string($0)] }),
                    "MasterUserPassword": Redacted.value,
                ]
            }
            if !gaps.contains(Self.ofDatabase) || name != "antenna-1" { facets[resource.described] = .some(content) }
            facets[resource.incarnation] = .some(content?["DbiResourceId"])
            facets[resource.reach] =
                content == nil
                ? Snapshot.tombstone(wasSeen: true) : Snapshot.reach(instance.isReached, isRoutine: false)
            guard content != nil else { continue }
            readings.append(Reading(resource: resource, name: "DBInstanceStatus", value: .string(instance.health)))
            guard let key else { continue }
            fingerprints.append(
                Fingerprint(
                    location: .init(facet: resource.described, path: "MasterUserPassword", part: "value"),
                    value: instance.secret.map { .init(key: key, code: $0) }))
        }
        for (id, name) in zip(Self.firewalls, groupNames) {
            let permission: JSON = [
                "IpProtocol": "tcp", "FromPort": 5432, "ToPort": 5432,
                "UserIdGroupPairs": [["GroupId": .string(source)]],
            ]
            let (facet, content) = Stack.group(id, name ?? "", ["IpPermissions": .array([permission])])
            facets[facet] = name == nil ? .some(.none) : content
        }
        var observation = EnvironmentObservation.of(
            facets, id: binding, fingerprints: fingerprints, keyID: key, gaps: gaps,
            unsettled: status == "Ready" ? [] : [.environmentStatus(status)])
        observation.readings = readings
        observation.failures = failures
        observation.decoders[.rdsDBInstance] = decoder
        return observation
    }
}
