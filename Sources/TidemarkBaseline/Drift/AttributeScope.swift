import Tidemark
import TidemarkKinds

/// What its kind declares about the values of an attribute.
struct AttributeScope {
    /// The place of the attribute in its facet.
    var pattern = AttributePattern()
    var rules: ListRules = [:]
    var versions: Set<AttributePattern> = []
    /// Whether a list there is one value: a fact has it if tasks disagree.
    var isOneValue = false
}

extension BaselineEvaluator {
    func scope(of path: AttributePath, in kind: Kind) -> AttributeScope {
        guard case .member(let first)? = path.steps.first, let definition = snapshot.kinds[kind] else {
            return AttributeScope()
        }
        if let fact = definition.fact(first) {
            return AttributeScope(
                versions: fact.shape == .value(.version) ? [AttributePattern()] : [], isOneValue: fact.shape.isScalar)
        }
        let own = definition.facet(first)
        let steps = own == nil ? path.steps[...] : path.steps.dropFirst()
        let pattern = steps.reduce(AttributePattern()) { pattern, step in
            switch step {
            case .member(let name): pattern.appending(.member(name))
            case .key: pattern.appending(.elements)
            }
        }
        guard let facet = own ?? definition.facet(Snapshot.description) else { return AttributeScope(pattern: pattern) }
        return AttributeScope(pattern: pattern, rules: facet.lists, versions: facet.versions)
    }
}
