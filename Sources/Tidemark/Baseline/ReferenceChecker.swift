import StrictYAML
import StrictJSON
/// Looks for references that cannot be meant: to no expectation, to no attribute, or in a circle.
struct ReferenceChecker {
    private let expectations: [String: Expectation]
    private let names: [String]
    private let repeated: [Expectation]
    /// Of these it is not known what they are.
    private let broken: Set<String>
    /// These are removed by a file.
    private let removed: [String: String]
    private let kinds: KindRegistry
    private let attributes: any AttributeCatalogue
    private var hints = NameHints()

    init(
        _ expectations: [Expectation], repeated: [Expectation], broken: Set<String>, removed: [String: String],
        kinds: KindRegistry, attributes: any AttributeCatalogue
    ) {
        self.expectations = Dictionary(expectations.map { ($0.name, $0) }) { first, _ in first }
        names = expectations.map(\.name)
        self.repeated = repeated
        self.broken = broken
        self.removed = removed
        self.kinds = kinds
        self.attributes = attributes
    }

    mutating func mistakes() -> [FileMistake] {
        let known = names.compactMap { expectations[$0] }
        let templates = (known + repeated).flatMap(\.all).flatMap(\.expected.templates)
        return templates.flatMap { mistakes(in: $0) } + disorder()
    }

    private mutating func mistakes(in template: Template) -> [FileMistake] {
        template.references.compactMap { reference in
            mistake(in: reference).map {
                FileMistake(template.position, "'\(reference.description.printable)' \($0)")
            }
        }
    }

    private mutating func mistake(in reference: ExpectationReference) -> String? {
        if broken.contains(reference.name) { return nil }
        guard let source = expectations[reference.name] else {
            if let file = removed[reference.name] {
                return "refers to '\(reference.name.printable)', which \(file.printable) removes"
            }
            let hint = hints.nearest(to: reference.name, among: names).map { ": did you mean '\($0.printable)'?" }
            return "refers to no expectation" + (hint ?? ": it takes the name of another one, or $${ for a plain ${")
        }
        guard let path = reference.path, let definition = kinds[source.kind] else { return nil }
        return AttributeChecker(catalogue: attributes, definition: definition).mistake(inReference: path).map {
            "refers to no attribute: \($0)"
        }
    }

    // MARK: The order of choices

    /// Expectations that choose their resources in a circle, or in a chain without an end that could be meant.
    private func disorder() -> [FileMistake] {
        let known = names.compactMap { expectations[$0] }
        let places = Dictionary(known.enumerated().map { ($1.name, $0) }) { first, _ in first }
        let order = ChoiceOrder(
            known.map { expectation in
                Array(Set(expectation.conditionTemplates.flatMap(\.references).compactMap { places[$0.name] })).sorted()
            })
        let chains = order.tooLong.compactMap { chain(from: known[$0]) }
        return chains + order.circles.compactMap { circle(through: $0.map { known[$0] }) }
    }

    private func chain(from start: Expectation) -> FileMistake? {
        start.conditionTemplates.first.map {
            FileMistake(
                $0.position,
                "'\(start.name.printable)' chooses its resource by a chain of more than \(ChoiceOrder.longestChain) "
                    + "references: choose it by a value")
        }
    }

    /// The mistake stands at the first of the names.
    private func circle(through expectations: [Expectation]) -> FileMistake? {
        let first = expectations.indices.min { expectations[$0].name < expectations[$1].name } ?? 0
        let circle = expectations[first...] + expectations[..<first]
        guard let start = circle.first, let template = start.conditionTemplates.first else { return nil }
        let names = circle.prefix(Self.namedAtMost).map(\.name.printable)
        let more = circle.count - names.count
        let way = (names + (more > 0 ? ["\(more) more"] : []) + [start.name.printable]).joined(separator: " -> ")
        return FileMistake(template.position, "expectations choose their resources in a circle: \(way)")
    }

    private static let namedAtMost = 10
}

extension Expectation {
    /// The texts with references that choose its resource.
    fileprivate var conditionTemplates: [Template] { conditions.flatMap(\.expected.templates) }
}

extension Expected {
    /// Every text in it that refers to other expectations.
    var templates: [Template] {
        switch self {
        case .scalar: []
        case .template(let template): [template]
        case .list(let elements): elements.flatMap(\.templates)
        case .map(let members): members.flatMap(\.expected.templates)
        case .operators(let operators): operators.flatMap(\.definition.templates)
        }
    }
}
