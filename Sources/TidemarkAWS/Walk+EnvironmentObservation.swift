import AWSClient
import StrictJSON
import Tidemark

// What the walk comes to in the end.
extension Walk {
    /// What a host names and is at another host here is another account's or region's, and unseen; what has its
    /// identity here is nothing that the walk leads to.
    mutating func noteElsewhere() {
        ways.close()
        for (resource, (step, answer)) in ways.elsewhere {
            let reason =
                "\(resource) is at another endpoint than the one that is named, which may be another account's"
            note(
                .doubtful, nil, reason, step.questionAsked, at: step, facets: [FacetID(resource, Snapshot.reach)])
            if known.contains(resource) { take(answer, of: step.unreached) }
        }
    }

    /// Whether the walk still leads to a resource is known only if nothing that could lead to it failed. Of what nothing
    /// is known of, as of one that is gone and could not be asked for again, nothing is noted.
    mutating func noteReach(unreached: Set<ResourceID>) {
        for resource in ways.reached.intersection(witnessed) where !sightings.absent.contains(resource) {
            sightings.facets.updateValue(["reached": true], forKey: FacetID(resource, Snapshot.reach))
        }
        // Which of several gaps hides a reach must not depend on which answer came first.
        sightings.gaps = sightings.gaps.sorted()
        for resource in unreached where !sightings.absent.contains(resource) {
            let reach = FacetID(resource, Snapshot.reach)
            if sightings.gaps.over(reach) != nil { continue }
            if let index = sightings.gaps.firstIndex(where: { $0.kinds.contains(resource.kind) }) {
                sightings.gaps[index] = sightings.gaps[index].alsoHiding(reach)
            } else {
                sightings.facets.updateValue(["reached": false], forKey: reach)
            }
        }
    }

    /// The resources that are known from before, or of which something was seen now.
    private var witnessed: Set<ResourceID> {
        known.union(sightings.facets.compactMap { facet, content in content.map { _ in facet.resource } })
    }

    /// What tells a resource from another of the same name, as it was seen now.
    func incarnation(of resource: ResourceID) -> String? {
        guard let member = kinds[resource.kind]?.incarnation,
            let content = sightings.facets[FacetID(resource, Snapshot.description)]
        else { return nil }
        return content?[member]?.string
    }

    func look(
        started: Timestamp, finished: Timestamp, binding: EnvironmentBinding, caller: String, awsTime: Timestamp?
    ) -> EnvironmentObservation {
        EnvironmentObservation(
            started: started, finished: finished, awsTime: awsTime, binding: binding, caller: caller,
            facets: sightings.facets,
            coverage: Coverage(questions: Array(Set(asked.flatMap(\.asked))), gaps: sightings.gaps),
            readings: sightings.readings.sorted { ($0.resource, $0.name) < ($1.resource, $1.name) },
            fingerprints: sightings.fingerprints, keyID: sightings.key?.id,
            decoders: kinds.decoders(names: sightings.names),
            unsettled: sightings.unsettled, failures: sightings.failures, effort: effort)
    }
}

extension Gap {
    fileprivate func alsoHiding(_ facet: FacetID) -> Gap {
        Gap(
            question: question, outcome: outcome, code: code, message: message, facets: facets.union([facet]),
            members: members, kinds: kinds)
    }
}

extension [Gap] {
    /// In an order that does not depend on which answer came first; causes before the questions not asked because of
    /// them, since the first gap over a facet is named as the reason.
    fileprivate func sorted() -> [Gap] {
        let gaps = map { ($0.question.json.canonical, $0) }.sorted { $0.0.precedesByUTF8($1.0) }.map(\.1)
        return gaps.filter { $0.outcome != .unreached } + gaps.filter { $0.outcome == .unreached }
    }
}
