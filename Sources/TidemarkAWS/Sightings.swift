import StrictJSON
import Tidemark

/// What a walk has seen so far. This is the door: an answer goes in with its secrets, and what stays has none.
struct Sightings {
    let names: PropertyNames
    let key: FingerprintKey?

    var facets: [FacetID: JSON?] = [:]
    var gaps: [Gap] = []
    private(set) var absent: Set<ResourceID> = []
    private(set) var readings: [Reading] = []
    private(set) var fingerprints: [Fingerprint] = []
    private(set) var unsettled: [String] = []
    private(set) var failures: [String] = []

    init(names: PropertyNames, key: FingerprintKey?) {
        self.names = names
        self.key = key
    }

    /// Takes what an answer says of a resource.
    /// - Returns: The facets that the answer should have had and has not.
    mutating func take(_ answer: Answer, of step: Walk.Step) -> [String] {
        var doubtful: [String] = []
        for facet in step.question.facets {
            if let content = facet.select(from: answer) {
                take(content, as: facet, of: step.resource)
            } else {
                doubtful.append(facet.name)
            }
        }
        for sign in step.isReached ? step.question.signs(answer) : [] {
            switch sign {
            case .unsettled(let reason): unsettled.append(reason)
            case .failed(let reason): failures.append(reason)
            }
        }
        return doubtful
    }

    private mutating func take(_ content: JSON, as definition: FacetDefinition, of resource: ResourceID) {
        let facet = FacetID(resource, definition.name)
        let (stored, secrets) = definition.read(content, names: names)
        facets.updateValue(stored, forKey: facet)
        if let key { fingerprints += secrets.map { Fingerprint($0, in: facet, key: key) } }
        readings += definition.readings.compactMap { name in
            content[name].map { Reading(resource: resource, name: name, value: $0) }
        }
    }

    /// Takes AWS's word that what was asked for does not exist: the resource, or just this part of it.
    mutating func takeAbsence(of step: Walk.Step) {
        let isWhole = step.question.facets.contains { $0.name == Snapshot.description }
        let gone = isWhole ? step.definition.facets.map(\.name) + [Snapshot.reach] : step.question.facets.map(\.name)
        for name in gone { facets.updateValue(nil, forKey: FacetID(step.resource, name)) }
        if isWhole { absent.insert(step.resource) }
    }
}
