import StrictJSON
import StrictYAML
import TidemarkKinds

/// Finds references without an expectation, without an attribute, or in a cycle.
struct ReferenceChecker {
    private let expectations: [String: Expectation]
    private let names: [String]
    private let repeated: [Expectation]
    /// The names of expectations with a mistake.
    private let broken: Set<String>
    /// The file that removes each removed expectation, by its name.
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
        let templates = (known + repeated).flatMap(\.all).flatMap(\.templates)
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
            return "refers to no expectation" + (hint ?? ": name one of this baseline, or write $${ for a literal ${")
        }
        guard let path = reference.path, let definition = kinds[source.kind] else { return nil }
        return AttributeChecker(catalogue: attributes, definition: definition).mistake(inReference: path).map {
            "refers to no attribute: \($0)"
        }
    }

    // MARK: Order of evaluation

    /// The mistakes of conditions whose references form a cycle, or a chain that is too long.
    private func disorder() -> [FileMistake] {
        let known = names.compactMap { expectations[$0] }
        let indices = Dictionary(known.enumerated().map { ($1.name, $0) }) { first, _ in first }
        let order = EvaluationOrder(
            known.map { expectation in
                Array(Set(expectation.conditionTemplates.flatMap(\.references).compactMap { indices[$0.name] }))
                    .sorted()
            })
        let chains = order.tooLong.compactMap { chain(from: known[$0]) }
        return chains + order.cycles.compactMap { cycle(through: $0.map { known[$0] }) }
    }

    private func chain(from start: Expectation) -> FileMistake? {
        start.conditionTemplates.first.map {
            FileMistake(
                $0.position,
                "'\(start.name.printable)' depends on a chain of more than \(EvaluationOrder.longestChain) references: "
                    + "use a value in 'where'")
        }
    }

    /// A mistake at the alphabetically first expectation of a cycle.
    private func cycle(through expectations: [Expectation]) -> FileMistake? {
        let first = expectations.indices.min { expectations[$0].name < expectations[$1].name } ?? 0
        let cycle = expectations[first...] + expectations[..<first]
        guard let start = cycle.first, let template = start.conditionTemplates.first else { return nil }
        let names = cycle.prefix(Self.namedAtMost).map(\.name.printable)
        let more = cycle.count - names.count
        let path = (names + (more > 0 ? ["\(more) more"] : []) + [start.name.printable]).joined(separator: " -> ")
        return FileMistake(template.position, "circular reference in 'where': \(path)")
    }

    private static let namedAtMost = 10
}

extension Expectation {
    /// The texts with references in the conditions.
    fileprivate var conditionTemplates: [Template] { conditions.flatMap(\.templates) }
}

extension Expected {
    /// Every text that refers to other expectations.
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
