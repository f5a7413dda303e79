import StrictJSON
import Tidemark
import TidemarkKinds
import TidemarkTestSupport

/// A stack of which something changes from each observation to the next, mostly to what it was before.
struct RandomStack {
    fileprivate struct Instance {
        var engine: String? = "postgres"
        var size = "ec2.security-group/web"
        var groups = ["sg-1"]
        var incarnation = "A"
        var isReached = true
        var health = "available"
        var secret: String? = "x"
    }

    fileprivate static let names = ["antenna-1", "antenna-2", "antenna-3"]
    fileprivate static let firewalls = ["sg-1", "sg-2", "sg-3"]

    fileprivate struct State {
        var instances = RandomStack.names.map { _ in Instance() }
        /// Nil for a group that is gone.
        var groupNames: [String?] = ["web", "rds", "rds"]
        var source = "sg-2"
        var tags = ["v1"]
        var gaps: [Gap] = []
        var decoder: String? = "1"
        var key: String? = "k1"
        var binding = "e-abc"
        var failures: [DeploymentFailure] = []
        var status = "Ready"
    }

    private var random: SeededGenerator
    private var state = State()
    private var past: [State] = []

    init(seed: UInt64) {
        random = SeededGenerator(seed: seed)
        state.instances[0].size = "sg-1"
    }

    mutating func chance(_ count: Int, of all: Int) -> Bool { Int.random(in: 0..<all, using: &random) < count }

    private mutating func pick<Element>(_ elements: [Element]) -> Element {
        elements[Int.random(in: elements.indices, using: &random)]
    }

    mutating func next() -> EnvironmentObservation {
        if !past.isEmpty, chance(1, of: 4) {
            state = pick(past)
        } else {
            for _ in 0..<Int.random(in: 0...2, using: &random) { change() }
        }
        past.append(state)
        return state.observation
    }

    private mutating func change() {
        let index = Int.random(in: state.instances.indices, using: &random)
        switch Int.random(in: 0..<20, using: &random) {
        case 0, 1: state.instances[index].engine = pick(["postgres", "mysql", "mysql", nil])
        case 2: state.instances[index].size = pick(["a", "sg-1", "ec2.security-group/web"])
        case 3: state.instances[index].groups = pick([["sg-1"], ["sg-1", "sg-2"], ["sg-2"], ["sg-3"]])
        case 4, 16: state.instances[0].incarnation = state.instances[0].incarnation == "A" ? "B" : "A"
        case 5: state.instances[index].isReached.toggle()
        case 6: state.instances[index].health = pick(["available", "failed", "stopped"])
        case 7, 18: state.instances[index].secret = pick([nil, "x", "y"])
        case 8, 17: state.groupNames[index] = pick(["web", "rds", nil])
        case 9: state.source = pick(Self.firewalls)
        case 10: state.gaps = pick([[], [], [Self.ofDatabase], [Self.ofGroups]])
        case 11: state.decoder = pick(["1", "1", "2", nil])
        case 12: state.key = pick(["k1", "k1", "k2", nil])
        case 13: state.binding = pick(["e-abc", "e-rebuilt"])
        case 14: state.failures = pick([[], [.configurationFailed]])
        case 15: state.tags = pick([["v1"], ["v1", "v2"], ["v2", "v3"]])
        default: state.status = pick(["Ready", "Ready", "Updating", "Terminated"])
        }
    }

    fileprivate static let ofDatabase = Gap.denied(
        "rds", "DescribeDBInstances", facets: [FacetID(ResourceID(.rdsDBInstance, "antenna-1"), Snapshot.description)])
    fileprivate static let ofGroups = Gap.denied("ec2", "DescribeSecurityGroups", kinds: [.ec2SecurityGroup])
}

extension RandomStack.State {
    fileprivate var observation: EnvironmentObservation {
        var facets: [FacetID: JSON?] = [
            Stack.environment.described: ["EnvironmentName": "antenna-prod", "VersionLabel": "v1"]
        ]
        var (fingerprints, readings) = ([Fingerprint](), [Reading]())
        for (name, instance) in zip(RandomStack.names, instances) {
            let resource = ResourceID(.rdsDBInstance, name)
            let content: JSON? = instance.engine.map { engine in
                [
                    "DBInstanceIdentifier": .string(name), "Engine": .string(engine),
                    "DBInstanceClass": .string(instance.size), "DbiResourceId": .string(instance.incarnation),
                    "VpcSecurityGroups": .array(instance.groups.map { ["VpcSecurityGroupId": .string($0)] }),
                    "MasterUserPassword": Redacted.value,
                ]
            }
            if !gaps.contains(RandomStack.ofDatabase) || name != "antenna-1" {
                facets[resource.described] = .some(content)
            }
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
        for (id, name) in zip(RandomStack.firewalls, groupNames) {
            let permission: JSON = [
                "IpProtocol": "tcp", "FromPort": 5432, "ToPort": 5432,
                "UserIdGroupPairs": [["GroupId": .string(source)]],
            ]
            let (facet, content) = Stack.group(id, name ?? "", ["IpPermissions": .array([permission])])
            facets[facet] = name == nil ? .some(.none) : content
        }
        for tag in ["v1", "v2", "v3"] {
            let content: JSON? = tags.contains(tag) ? ["imageTag": .string(tag)] : nil
            facets[ResourceID(.ecrTag, "registry/backend:\(tag)").described] = .some(content)
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
