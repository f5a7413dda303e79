import StrictJSON
import Tidemark
import TidemarkKinds

// The gaps: questions that were not answered, and the facets that are unseen because of them.
extension ObservationBuilder {
    /// Records a gap.
    /// - Parameter facets: The facets that are unseen; nil for everything that the step and the questions beyond it would
    ///   answer.
    mutating func recordGap(
        _ outcome: Gap.Outcome, _ reason: GapReason, _ question: Question, at step: WalkStep,
        facets: Set<FacetID>? = nil
    ) {
        let beyond = step.isReached ? kinds.kindsBeyond(step.question.leads, of: step.definition) : []
        let kind = step.definition.kind
        let isOfList = ([step] + unasked(beyond: step)).contains {
            $0.definition.kind == kind && $0.question.members != nil
        }
        let listed: Set = isOfList ? [kind] : []
        // The answers of further questions are unseen because of this one, so it is named as the reason.
        let hidden = facets == nil ? [step] + unasked(beyond: step) : [step]
        gaps.append(
            Gap(
                question: question, outcome: outcome, reason: reason.withoutSecrets,
                facets: facets ?? Set(hidden.flatMap(\.facets)), members: Set(hidden.compactMap(\.members)),
                kinds: beyond.union(listed)))
    }

    /// Records a step that is not asked because its name contains a secret of a URL.
    mutating func recordRedacted(_ step: WalkStep) {
        recordGap(.unreached, .secretInName, step.coverageQuestion, at: step)
        recordUnreached(beyond: step)
    }

    /// Records the questions that are not asked because a step failed.
    mutating func recordUnreached(beyond step: WalkStep) {
        for next in unasked(beyond: step) {
            recordGap(.unreached, .unanswered(step.question.action), next.coverageQuestion, at: next)
        }
    }

    /// Records what is unseen because an answer does not have what a lead needs.
    /// - Parameter isDoubtful: Whether a gap hides all kinds beyond the step already.
    mutating func recordUnreadable(_ lead: Lead, from step: WalkStep, isDoubtful: Bool) {
        switch lead {
        case .question, .members:
            for next in step.unasked(along: lead, kinds: kinds) {
                if !next.question.facets.isEmpty {
                    recordGap(.unreached, .notLedTo(from: step.question.action), next.coverageQuestion, at: next)
                }
                for lead in next.question.leads { recordUnreadable(lead, from: next, isDoubtful: true) }
            }
        case .resources, .all, .endpoints, .links, .offers:
            guard !isDoubtful, step.isReached, let reason = GapReason(unreadable: lead) else { return }
            gaps.append(
                Gap(
                    question: step.coverageQuestion, outcome: .doubtful, reason: reason, facets: [],
                    kinds: kinds.kindsBeyond([lead], of: step.definition)))
        }
    }

    /// The questions to which only this step could lead.
    private func unasked(beyond step: WalkStep) -> [WalkStep] {
        step.question.leads.flatMap { step.unasked(along: $0, kinds: kinds) }.flatMap { [$0] + unasked(beyond: $0) }
    }

    // MARK: Reach

    /// Orders gaps in a way that does not depend on which answer came first. Causes come before the questions that were not
    /// asked because of them: the first gap over a facet is named as the reason.
    mutating func sortGaps() {
        let sorted = gaps.sorted(byText: \.question.json.canonical)
        gaps = sorted.filter { $0.outcome != .unreached } + sorted.filter { $0.outcome == .unreached }
    }

    /// Adds the reach of a resource to the first gap that could hide it.
    /// - Returns: Whether there is one.
    mutating func hide(_ reach: FacetID) -> Bool {
        hide(reach) { $0.kinds.contains(reach.resource.kind) }
    }

    /// Adds a facet to the first gap that could hide it.
    /// - Returns: Whether there is one.
    mutating func hide(_ facet: FacetID, behind canHide: (Gap) -> Bool) -> Bool {
        if gaps.over(facet) != nil { return true }
        guard let index = gaps.firstIndex(where: canHide) else { return false }
        gaps[index] = gaps[index].hiding(facet)
        return true
    }
}

extension GapReason {
    /// The reason for what is unseen beyond a lead; nil for a lead to no kind.
    fileprivate init?(unreadable lead: Lead) {
        guard let kind = lead.kinds.first else { return nil }
        self = lead.kindsAtEndpoints.isEmpty ? .missingLead(kind) : .missingEndpoints
    }
}

extension Gap {
    fileprivate func hiding(_ facet: FacetID) -> Gap {
        Gap(
            question: question, outcome: outcome, reason: reason, facets: facets.union([facet]), members: members,
            kinds: kinds)
    }
}
