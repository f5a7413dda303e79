import StrictJSON
import Tidemark
import TidemarkKinds

/// The observation of a walk so far. Secrets are removed from each answer that it records.
struct ObservationBuilder {
    let kinds: KindRegistry
    let names: PropertyNames
    let key: FingerprintKey?

    private(set) var facets: [FacetID: JSON?] = [:]
    private(set) var readings: [Reading] = []
    private(set) var unsettled: [UnsettledReason] = []
    private(set) var failures: [DeploymentFailure] = []
    var gaps: [Gap] = []
    private var absent: Set<ResourceID> = []
    private var fingerprintsByFacet: [FacetID: [Fingerprint]] = [:]

    init(kinds: KindRegistry, names: PropertyNames, key: FingerprintKey?) {
        self.kinds = kinds
        self.names = names
        self.key = key
    }

    var fingerprints: [Fingerprint] { fingerprintsByFacet.values.flatMap(\.self) }

    /// The value that distinguishes a resource from another one of the same name.
    func incarnation(of resource: ResourceID) -> String? {
        guard let member = kinds[resource.kind]?.incarnation,
            let content = facets[FacetID(resource, Snapshot.description)]
        else { return nil }
        return content?[member]?.string
    }

    // MARK: Answers

    /// Records the facets and the status signals of an answer.
    /// - Returns: The facets that the answer should have and does not.
    mutating func record(_ answer: Answer, of step: WalkStep) -> Set<FacetID> {
        var missing: Set<FacetID> = []
        for facet in step.question.facets {
            if let content = answer.content(of: facet) {
                // What never changes is never rotated.
                record(content, as: facet, of: step.resource, isFingerprinted: !step.question.isImmutable)
            } else {
                missing.insert(FacetID(step.resource, facet.name))
            }
        }
        if step.isReached { record(step.question.statusSignals(answer)) }
        return missing
    }

    /// Records status signals, each once.
    mutating func record(_ signals: [StatusSignal]) {
        for signal in signals {
            switch signal {
            case .unsettled(let reason): Self.add(reason, to: &unsettled)
            case .failed(let reason): Self.add(reason, to: &failures)
            }
        }
    }

    private static func add<Reason: StoredReason>(_ reason: Reason, to reasons: inout [Reason]) {
        let reason = reason.withoutSecrets
        if !reasons.contains(reason) { reasons.append(reason) }
    }

    /// Records contents that an earlier snapshot recorded, by the names of their facets.
    mutating func record(recorded contents: [String: JSON], of step: WalkStep) {
        for (name, content) in contents { facets.updateValue(content, forKey: FacetID(step.resource, name)) }
    }

    private mutating func record(
        _ content: JSON, as definition: FacetDefinition, of resource: ResourceID, isFingerprinted: Bool = true
    ) {
        let facet = FacetID(resource, definition.name)
        let (stored, secrets) = definition.read(content, names: names)
        facets.updateValue(stored, forKey: facet)
        if definition.name == Snapshot.description { recordTitle(in: stored, of: resource) }
        if let key, isFingerprinted { fingerprintsByFacet[facet] = Fingerprint.all(of: secrets, in: facet, key: key) }
        if definition.name == Snapshot.description, let member = kinds[resource.kind]?.incarnation {
            facets.updateValue(stored[member], forKey: FacetID(resource, Snapshot.incarnation))
        }
        for (name, value) in definition.readings(in: content) { record(value, named: name, of: resource) }
    }

    /// Records the title apart from the description, which ends with the resource.
    private mutating func recordTitle(in description: JSON, of resource: ResourceID) {
        guard kinds.keepsGone(resource.kind), let name = kinds[resource.kind]?.titleAttribute,
            let title = description[name]?.string
        else { return }
        facets.updateValue(["title": .string(title)], forKey: FacetID(resource, Snapshot.title))
    }

    mutating func record(_ readings: [Reading]) {
        for reading in readings { record(reading.value, named: reading.name, of: reading.resource.withoutSecrets) }
    }

    private mutating func record(_ reading: JSON, named name: String, of resource: ResourceID) {
        readings.append(Reading(resource: resource, name: name, value: reading.withoutSecretsInTexts))
    }

    // MARK: Members

    /// The members that an answer lists; nil, with a gap, if the list cannot be read.
    mutating func members(in answer: Answer, of step: WalkStep) -> [MembersDefinition.Member]? {
        do throws(UnreadableAnswer) {
            guard let members = try step.question.members?.find(answer) else {
                throw UnreadableAnswer(.emptyAnswer)
            }
            return try members.withRedactedNames()
        } catch {
            recordGap(.doubtful, error.reason, step.coverageQuestion, at: step, facets: [])
            return nil
        }
    }

    /// Records listed members. Known ones that are not on the list are gone.
    mutating func record(_ members: [MembersDefinition.Member], of step: WalkStep, known: Set<ResourceID>) {
        recordAbsence(of: known.subtracting(members.map { ResourceID(step.definition.kind, $0.identity) }))
        guard let facet = step.question.facets.first else { return }
        for member in members {
            let resource = ResourceID(step.definition.kind, member.identity)
            record(member.content, as: facet, of: resource)
            for (name, value) in member.readings { record(value, named: name, of: resource) }
        }
    }

    // MARK: Absence

    /// Records that members are on no list any more.
    mutating func recordAbsence(of members: Set<ResourceID>) {
        for member in members {
            for name in [Snapshot.description, Snapshot.incarnation] {
                facets.updateValue(nil, forKey: FacetID(member, name))
            }
        }
        absent.formUnion(members)
    }

    /// Records that the resource of a step does not exist, or only the part that the question is about.
    mutating func recordAbsence(of step: WalkStep) {
        let isWhole = step.question.facets.contains { $0.name == Snapshot.description }
        let gone =
            isWhole
            ? step.definition.facets.map(\.name) + [Snapshot.incarnation] : step.question.facets.map(\.name)
        for name in gone { facets.updateValue(nil, forKey: FacetID(step.resource, name)) }
        if isWhole { absent.insert(step.resource) }
    }

    /// Records which resources the walk still reaches, which is known only if nothing that could lead to one failed, and which
    /// are gone.
    ///
    /// Nothing is recorded about a resource that was never seen, unless AWS reported that it does not exist.
    mutating func recordReach(by frontier: Frontier, unreached: Set<ResourceID>, known: KnownResources) {
        let seen = known.existing.union(facets.compactMap { facet, content in content.map { _ in facet.resource } })
            .subtracting(absent)
        for resource in frontier.reached.intersection(seen) {
            record(Snapshot.reach(true, isRoutine: isRoutine(resource, known)), asReachOf: resource)
        }
        sortGaps()
        for resource in unreached.subtracting(absent) where !hide(FacetID(resource, Snapshot.reach)) {
            if let definition = kinds[resource.kind], definition.isImmutable {
                drop(resource, definition)
                continue
            }
            record(Snapshot.reach(false, isRoutine: isRoutine(resource, known)), asReachOf: resource)
        }
        recordTombstones(by: frontier, seen: seen, known: known)
    }

    /// Records that a resource is not part of the state any more.
    private mutating func drop(_ resource: ResourceID, _ definition: KindDefinition) {
        for name in definition.facets.map(\.name) + [Snapshot.reach] {
            facets.updateValue(nil, forKey: FacetID(resource, name))
        }
    }

    /// Records which resources do not exist: for good if they were described before and are not replaced routinely, else as
    /// long as something refers to them.
    private mutating func recordTombstones(by frontier: Frontier, seen: Set<ResourceID>, known: KnownResources) {
        let missing = absent.filter { known.existing.contains($0) || !frontier.isAlternative($0, besides: seen) }
        for resource in missing {
            let wasSeen =
                known.gone.contains(resource)
                || known.existing.contains(resource) && !known.routine.contains(resource)
            let isKept = keepsTombstone(of: resource) && (wasSeen || frontier.reached.contains(resource))
            if isKept {
                record(Snapshot.tombstone(wasSeen: wasSeen), asReachOf: resource)
            } else {
                endTombstone(of: resource)
            }
        }
        for resource in known.neverSeen.subtracting(missing)
        where !seen.contains(resource) && !gaps.contains(where: { $0.kinds.contains(resource.kind) }) {
            let isUnanswered = frontier.reached.contains(resource) && !absent.contains(resource)
            if !isUnanswered { endTombstone(of: resource) }
        }
    }

    private func keepsTombstone(of resource: ResourceID) -> Bool {
        kinds.keepsGone(resource.kind)
            && kinds[resource.kind]?.isReplacedRoutinely(resource.identity, { nil }) == false
    }

    private mutating func endTombstone(of resource: ResourceID) {
        for name in [Snapshot.reach, Snapshot.title] { facets.updateValue(nil, forKey: FacetID(resource, name)) }
    }

    /// Whether a resource is replaced routinely, so that the state would grow with every one that is gone.
    private func isRoutine(_ resource: ResourceID, _ known: KnownResources) -> Bool {
        guard let definition = kinds[resource.kind], kinds.keepsGone(resource.kind) else { return false }
        let description = facets[FacetID(resource, Snapshot.description)].flatMap(\.self)
        if description == nil, known.routine.contains(resource) { return true }
        return definition.isReplacedRoutinely(resource.identity, { description })
    }

    private mutating func record(_ content: JSON?, asReachOf resource: ResourceID) {
        facets.updateValue(content, forKey: FacetID(resource, Snapshot.reach))
    }
}

extension ObservationBuilder {
    /// Records the endpoints at which no resource was found, as a facet of the resource from which the walk started.
    ///
    /// The list is unseen if an answer is missing that could name further endpoints, or show a resource at one of these.
    mutating func recordNotFollowed(_ endpoints: [ServiceEndpoint], from anchor: ResourceID) {
        let facet = FacetID(anchor, Snapshot.notFollowed)
        let candidates = Set(endpoints.flatMap(\.candidates).map { FacetID($0.withoutSecrets, Snapshot.description) })
        let kindsAtEndpoints = kinds.kindsAtEndpoints
        let isHidden = hide(facet) { gap in
            !gap.kinds.isDisjoint(with: kindsAtEndpoints) || !gap.facets.isDisjoint(with: candidates)
        }
        guard !isHidden else { return }
        let hosts = Set(
            endpoints.map { NotFollowedHost(host: $0.host, service: $0.service, what: $0.what) })
        facets.updateValue(.array(hosts.sorted().map(\.json)), forKey: facet)
    }
}
