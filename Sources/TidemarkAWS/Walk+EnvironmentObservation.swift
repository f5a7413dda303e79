import AWSClient
import StrictJSON
import Tidemark

// What the walk comes to in the end.
extension Walk {
    /// What a host names and is at another host here is another account's or region's, and unseen; what has its
    /// identity here is nothing that the walk leads to.
    mutating func noteElsewhere() {
        reachedResources.close()
        for (resource, (step, answer)) in reachedResources.elsewhere {
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
        for resource in reachedResources.reached.intersection(witnessed) where !builder.absent.contains(resource) {
            builder.facets.updateValue(["reached": true], forKey: FacetID(resource, Snapshot.reach))
        }
        // Which of several gaps hides a reach must not depend on which answer came first.
        builder.gaps = builder.gaps.sorted()
        for resource in unreached where !builder.absent.contains(resource) {
            let reach = FacetID(resource, Snapshot.reach)
            if builder.gaps.over(reach) != nil { continue }
            if let index = builder.gaps.firstIndex(where: { $0.kinds.contains(resource.kind) }) {
                builder.gaps[index] = builder.gaps[index].alsoHiding(reach)
            } else {
                builder.facets.updateValue(["reached": false], forKey: reach)
            }
        }
    }

    /// The resources that are known from before, or of which something was seen now.
    private var witnessed: Set<ResourceID> {
        known.union(builder.facets.compactMap { facet, content in content.map { _ in facet.resource } })
    }

    /// What tells a resource from another of the same name, as it was seen now.
    func incarnation(of resource: ResourceID) -> String? {
        guard let member = kinds[resource.kind]?.incarnation,
            let content = builder.facets[FacetID(resource, Snapshot.description)]
        else { return nil }
        return content?[member]?.string
    }

    func observation(
        started: Timestamp, finished: Timestamp, binding: EnvironmentBinding, caller: String, awsTime: Timestamp?
    ) -> EnvironmentObservation {
        EnvironmentObservation(
            started: started, finished: finished, awsTime: awsTime, binding: binding, caller: caller,
            facets: builder.facets,
            coverage: Coverage(questions: Array(Set(asked.flatMap(\.asked))), gaps: builder.gaps),
            readings: builder.readings.sorted { ($0.resource, $0.name) < ($1.resource, $1.name) },
            fingerprints: builder.fingerprints, keyID: builder.key?.id,
            decoders: kinds.decoders(names: builder.names),
            unsettled: builder.unsettled, failures: builder.failures, effort: effort)
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
