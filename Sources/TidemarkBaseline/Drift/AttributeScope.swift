import StrictJSON
import Tidemark
import TidemarkKinds

/// What its kind declares about the values of an attribute.
struct AttributeScope {
    /// The place of the attribute in its facet.
    var pattern = AttributePattern()
    var rules: ListRules = [:]
    var versions: Set<AttributePattern> = []
    var policies: Set<AttributePattern> = []
    var isDefault: @Sendable (JSON) -> Bool = { _ in false }
    /// The values that are readings now, with the reason why nothing can be expected of them.
    var moved: [AttributePattern: Unseen] = [:]
    /// Whether a list there is one value: a fact has it if tasks disagree.
    var isOneValue = false
    /// Finds the lines of a fact that contain by meaning what has one of these spellings.
    var linesContaining: (([String]) -> ContainingLines?)?
}

extension BaselineEvaluator {
    func scope(of path: AttributePath, of resource: ResourceID) -> AttributeScope {
        guard case .member(let first)? = path.steps.first, let definition = snapshot.kinds[resource.kind] else {
            return AttributeScope()
        }
        if let fact = definition.fact(first) {
            let snapshot = snapshot
            return AttributeScope(
                versions: fact.shape == .value(.version) ? [AttributePattern()] : [], isOneValue: fact.shape.isScalar,
                linesContaining: fact.meaning == nil || path.steps.count > 1
                    ? nil : { snapshot.lines(of: fact, of: resource, containing: $0) })
        }
        let own = definition.facet(first)
        let steps = own == nil ? path.steps[...] : path.steps.dropFirst()
        let pattern = AttributePattern(steps)
        guard let facet = own ?? definition.facet(Snapshot.description) else { return AttributeScope(pattern: pattern) }
        let content = facet.moving.isEmpty ? nil : snapshot.facet(FacetID(resource, facet.name))?.content
        return AttributeScope(
            pattern: pattern, rules: facet.lists, versions: facet.versions, policies: facet.policies,
            isDefault: facet.isDefault,
            moved: content.map { facet.moved(in: $0, at: pattern) } ?? [:])
    }
}
