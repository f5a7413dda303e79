import StrictJSON
import Tidemark
import TidemarkKinds

/// The resources that a walk reached, and the ways to each: its identity, or hosts that name it.
///
/// A host may belong to another account, which may have a resource of the same identity. Whether the local one is meant is
/// known when every way to it is.
struct ReachedResources {
    /// The hosts that led to each resource; nil stands for its identity.
    private var hosts: [ResourceID: Set<String?>] = [:]
    /// The answers about resources that are at none of the hosts that led to them.
    private(set) var elsewhere: [ResourceID: (step: WalkStep, answer: Answer)] = [:]

    var reached: Set<ResourceID> { Set(hosts.keys) }

    /// - Returns: Whether it is the first way to the resource.
    @discardableResult
    mutating func add(_ resource: ResourceID, at host: String?) -> Bool {
        defer { hosts[resource, default: []].insert(host) }
        return hosts[resource] == nil
    }

    /// Whether an answer is about the resource to which the walk was led; one that is not is kept.
    mutating func confirm(_ answer: Answer, of step: WalkStep) -> Bool {
        guard step.isReached, let isAt = step.definition.isAt else { return true }
        let isMeant = hosts[step.resource, default: []].contains { $0.map { isAt($0, answer) } ?? true }
        if !isMeant { elsewhere[step.resource] = (step, answer) }
        return isMeant
    }

    mutating func removeElsewhere(_ resource: ResourceID) -> (step: WalkStep, answer: Answer)? {
        elsewhere.removeValue(forKey: resource)
    }

    /// Removes the ways to what is elsewhere.
    mutating func close() {
        for resource in elsewhere.keys { hosts[resource] = nil }
    }
}
