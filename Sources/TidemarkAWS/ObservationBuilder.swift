import StrictJSON
import Tidemark

/// What a walk has seen so far. This is the door: an answer goes in with its secrets, and what stays has none.
struct ObservationBuilder {
    let names: PropertyNames
    let key: FingerprintKey?

    var facets: [FacetID: JSON?] = [:]
    var gaps: [Gap] = []
    private(set) var absent: Set<ResourceID> = []
    private(set) var readings: [Reading] = []
    private var fingerprintsByFacet: [FacetID: [Fingerprint]] = [:]
    private(set) var unsettled: [String] = []
    private(set) var failures: [String] = []

    init(names: PropertyNames, key: FingerprintKey?) {
        self.names = names
        self.key = key
    }

    /// Takes what an answer says of a resource.
    /// - Returns: The facets that the answer should have had and has not.
    mutating func take(_ answer: Answer, of step: Walk.Step) -> Set<FacetID> {
        var doubtful: Set<FacetID> = []
        for facet in step.question.facets {
            if let content = facet.select(from: answer) {
                take(content, as: facet, of: step.resource)
            } else {
                doubtful.insert(FacetID(step.resource, facet.name))
            }
        }
        if step.isReached { take(step.question.statusSignals(answer)) }
        return doubtful
    }

    /// Takes what was seen of the moment, each once.
    mutating func take(_ statusSignals: [StatusSignal]) {
        for sign in statusSignals {
            switch sign {
            case .unsettled(let reason): Self.add(reason, to: &unsettled)
            case .failed(let reason): Self.add(reason, to: &failures)
            }
        }
    }

    private static func add(_ reason: String, to reasons: inout [String]) {
        let reason = RedactedText(reason).text
        if !reasons.contains(reason) { reasons.append(reason) }
    }

    /// Takes the members that an answer lists; those that are known and not on the list are gone.
    mutating func take(_ members: [MembersDefinition.Member], of step: Walk.Step, known: Set<ResourceID>) {
        takeAbsence(of: known.subtracting(members.map { ResourceID(step.definition.kind, $0.identity) }))
        guard let facet = step.question.facets.first else { return }
        for member in members {
            let resource = ResourceID(step.definition.kind, member.identity)
            take(member.content, as: facet, of: resource)
            for (name, value) in member.readings { take(value, as: name, of: resource) }
        }
    }

    private mutating func take(_ content: JSON, as definition: FacetDefinition, of resource: ResourceID) {
        let facet = FacetID(resource, definition.name)
        let (stored, secrets) = definition.read(content, names: names)
        facets.updateValue(stored, forKey: facet)
        if let key { fingerprintsByFacet[facet] = Fingerprint.all(of: secrets, in: facet, key: key) }
        for name in definition.readings {
            guard let value = content.values(at: AttributePattern(stringLiteral: name)).first else { continue }
            take(value, as: name, of: resource)
        }
    }

    private mutating func take(_ reading: JSON, as name: String, of resource: ResourceID) {
        readings.append(Reading(resource: resource, name: name, value: reading.withoutSecretsInTexts))
    }

    var fingerprints: [Fingerprint] { fingerprintsByFacet.values.flatMap(\.self) }

    /// Takes that members are on no list any more.
    mutating func takeAbsence(of members: Set<ResourceID>) {
        for member in members {
            for name in [Snapshot.description, Snapshot.reach] {
                facets.updateValue(nil, forKey: FacetID(member, name))
            }
        }
        absent.formUnion(members)
    }

    /// Takes AWS's word that what was asked for does not exist: the resource, or just this part of it.
    mutating func takeAbsence(of step: Walk.Step) {
        let isWhole = step.question.facets.contains { $0.name == Snapshot.description }
        let gone = isWhole ? step.definition.facets.map(\.name) + [Snapshot.reach] : step.question.facets.map(\.name)
        for name in gone { facets.updateValue(nil, forKey: FacetID(step.resource, name)) }
        if isWhole { absent.insert(step.resource) }
    }
}
