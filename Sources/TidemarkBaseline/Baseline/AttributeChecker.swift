import StrictYAML
import TidemarkKinds
import Yams

/// Finds mistakes in the attributes that a baseline names for one kind.
package struct AttributeChecker {
    let catalogue: any AttributeCatalogue
    let definition: KindDefinition

    package init(catalogue: any AttributeCatalogue, definition: KindDefinition) {
        self.catalogue = catalogue
        self.definition = definition
    }

    /// Whether a baseline can expect a value, as it is written in YAML, of an attribute.
    package func accepts(_ value: Node, of path: AttributePath) -> Bool {
        guard let expected = ExpectedReader(collector: MistakeCollector()).read(value) else { return false }
        return mistake(in: path, expected: expected) == nil
    }

    /// The mistake in an attribute or in what is expected of it, or nil.
    func mistake(in path: AttributePath, expected: Expected) -> String? {
        guard case .member(let first)? = path.steps.first else { return nil }
        if let fact = definition.fact(first) {
            let place = AttributePlace(checker: self, name: first, source: .fact(fact.shape, fact.meaning), facet: nil)
            return place.mistake(path.steps.dropFirst(), expected)
        }
        let question = definition.questions.first { question in question.facets.contains { $0.name == first } }
        guard let owner = question ?? definition.questions.first(where: { !$0.facets.isEmpty }),
            let facet = owner.facets.first(where: { $0.name == first }) ?? owner.facets.first
        else { return nil }
        let place = AttributePlace(checker: self, name: first, source: .answer(owner), facet: facet)
        return place.mistake(question == nil ? path.steps[...] : path.steps.dropFirst(), expected)
    }

    /// The mistake in the attribute of a reference, or nil.
    func mistake(inReference written: AttributePath) -> String? {
        guard let path = definition.path(written) else { return noTags }
        return mistake(in: path, expected: .operators([.present(true)]))
    }

    var noTags: String { "Tidemark does not read the tags of \(definition.kind)" }
}
