import StrictJSON
import Tidemark
import TidemarkKinds

/// The resources that a walk reached, and the references to each: its identity, or hosts that name it.
///
/// A host may belong to another account, which may have a resource of the same identity. Whether it names the local one is
/// known only when all references are.
struct ReachedResources {
    /// The hosts that led to each resource; nil stands for its identity.
    private var hosts: [ResourceID: Set<String?>] = [:]
    /// The answers about resources that are at none of the hosts that led to them.
    private(set) var unconfirmed: [ResourceID: AnsweredStep] = [:]
    /// The answers about resources that hosts may name.
    private var answers: [ResourceID: AnsweredStep] = [:]

    var reached: Set<ResourceID> { Set(hosts.keys) }

    /// Adds a reference to a resource.
    /// - Returns: Whether it is the first one.
    @discardableResult
    mutating func add(_ resource: ResourceID, at host: String?) -> Bool {
        defer { hosts[resource, default: []].insert(host) }
        return hosts[resource] == nil
    }

    /// Whether hosts alone led to a resource, and each of them led to an existing resource too.
    func isAlternative(_ resource: ResourceID, besides existing: Set<ResourceID>) -> Bool {
        guard let hosts = hosts[resource], !hosts.contains(nil) else { return false }
        return hosts.isSubset(of: existing.reduce(into: []) { $0.formUnion(self.hosts[$1] ?? []) })
    }

    /// Whether an answer is about the resource to which the walk was led; one that is not is kept.
    mutating func confirm(_ answer: Answer, of step: WalkStep) -> Bool {
        guard step.isReached, let isAt = step.definition.isAt else { return true }
        answers[step.resource] = AnsweredStep(step: step, answer: answer)
        let isConfirmed = hosts[step.resource, default: []].contains { $0.map { isAt($0, answer) } ?? true }
        if !isConfirmed { unconfirmed[step.resource] = AnsweredStep(step: step, answer: answer) }
        return isConfirmed
    }

    /// Whether an answer shows a resource at a host.
    func isFound(_ resource: ResourceID, at host: String) -> Bool {
        guard let answered = answers[resource] else { return false }
        return answered.step.definition.isAt?(host, answered.answer) ?? false
    }

    mutating func removeUnconfirmed(_ resource: ResourceID) -> AnsweredStep? {
        unconfirmed.removeValue(forKey: resource)
    }

    /// Marks the resources of all unconfirmed answers as not reached.
    mutating func dropUnconfirmed() {
        for resource in unconfirmed.keys { hosts[resource] = nil }
    }
}
