import StrictJSON
import Tidemark

/// The attributes that AWS's answers can have: they distinguish a misspelled attribute from one that is absent today.
public protocol AttributeCatalogue: Sendable {
    /// The shape of the value at `location` in an operation's answer; nil if unknown.
    func shape(of service: String, _ operation: String, at location: AttributePattern) -> AttributeShape?
}

extension AttributeCatalogue {
    /// The shape of a value in a facet; nil if unknown, such as in a document or in values that the kind computes.
    package func shape(
        of facet: FacetDefinition, at pattern: AttributePattern, in question: QuestionDefinition
    ) -> AttributeShape? {
        if facet.isDocument { return nil }
        if case .member(let name)? = pattern.steps.first, facet.added.contains(name) { return nil }
        if question.read != nil { return pattern.steps.isEmpty ? .structure(facet.added) : nil }
        if facet.versions.contains(pattern) { return .value(.version) }
        let shape = shape(of: question, at: facet.location + pattern)
        return pattern.steps.isEmpty ? shape?.adding(facet.added) : shape
    }

    /// The shape of a value in a question's answer, or in the list of its answers.
    private func shape(of question: QuestionDefinition, at location: AttributePattern) -> AttributeShape? {
        guard question.isCollected else { return shape(of: question.service, question.operation, at: location) }
        guard !location.steps.isEmpty else { return .list }
        return shape(of: question.service, question.operation, at: AttributePattern(Array(location.steps.dropFirst())))
    }
}
