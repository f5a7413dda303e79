import StrictJSON
import Tidemark

/// How a walk came to each resource: by its identity, or at hosts that name it.
///
/// A host may be another account's, where there is another resource of the same identity: then what is answered here is
/// not what is meant. That is known only once every way to the resource is.
struct ReachedResources {
    /// At which hosts, nil among them for by its identity.
    private var hosts: [ResourceID: Set<String?>] = [:]
    /// What was answered about resources at none of the hosts that led to them.
    private(set) var elsewhere: [ResourceID: (step: Walk.Step, answer: Answer)] = [:]

    var reached: Set<ResourceID> { Set(hosts.keys) }

    /// - Returns: Whether it is the first way to the resource.
    @discardableResult
    mutating func add(_ resource: ResourceID, at host: String?) -> Bool {
        defer { hosts[resource, default: []].insert(host) }
        return hosts[resource] == nil
    }

    /// Whether an answer is about the resource to which the walk was led; one that is not is kept.
    mutating func lead(to answer: Answer, of step: Walk.Step) -> Bool {
        guard step.isReached, let isAt = step.definition.isAt else { return true }
        let isMeant = hosts[step.resource, default: []].contains { $0.map { isAt($0, answer) } ?? true }
        if !isMeant { elsewhere[step.resource] = (step, answer) }
        return isMeant
    }

    /// An answer that was kept, to be looked at again since there is another way to the resource.
    mutating func reconsider(_ resource: ResourceID) -> (step: Walk.Step, answer: Answer)? {
        elsewhere.removeValue(forKey: resource)
    }

    /// No way leads to what is elsewhere.
    mutating func close() {
        for resource in elsewhere.keys { hosts[resource] = nil }
    }
}
