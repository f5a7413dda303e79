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

    func mistakes() -> [FileMistake] {
        let known = names.compactMap { expectations[$0] }
        let templates = (known + repeated).flatMap(\.all).flatMap(\.expected.templates)
        return templates.flatMap(mistakes) + known.flatMap(circle)
    }

    private func mistakes(in template: Template) -> [FileMistake] {
        template.references.compactMap { reference in
            mistake(in: reference).map {
                FileMistake(template.position, "'\(reference.description.printable)' \($0)")
            }
        }
    }

    private func mistake(in reference: Reference) -> String? {
        if broken.contains(reference.name) { return nil }
        guard let source = expectations[reference.name] else {
            if let file = removed[reference.name] {
                return "refers to '\(reference.name.printable)', which \(file.printable) removes"
            }
            let hint = nearest(to: reference.name, among: names).map { ": did you mean '\($0.printable)'?" }
            return "refers to no expectation" + (hint ?? ": it takes the name of another one, or $${ for a plain ${")
        }
        guard let path = reference.path, let definition = kinds[source.kind] else { return nil }
        return AttributeChecker(catalogue: attributes, definition: definition).mistake(inReference: path).map {
            "refers to no attribute: \($0)"
        }
    }

    /// The expectations that lead back to the one they began with, by the conditions that choose their resources. Each
    /// circle is told once, at the first of its names.
    private func circle(from start: Expectation) -> [FileMistake] {
        guard let way = way(from: start.name, to: start.name), way.min() == start.name,
            let template = start.conditions.flatMap(\.expected.templates).first
        else { return [] }
        let names = ([start.name] + way).map(\.printable).joined(separator: " -> ")
        return [FileMistake(template.position, "expectations choose their resources in a circle: \(names)")]
    }

    /// The names on a shortest way from one expectation to another; at least one step.
    private func way(from start: String, to end: String) -> [String]? {
        var seen: Set<String> = []
        var ways = [[start]]
        while !ways.isEmpty {
            var longer: [[String]] = []
            for way in ways {
                for next in way.last.map(choosers) ?? [] where next == end || seen.insert(next).inserted {
                    if next == end { return Array(way.dropFirst()) + [next] }
                    longer.append(way + [next])
                }
            }
            ways = longer
        }
        return nil
    }

    /// The expectations whose resources must be known before that of this one is chosen.
    private func choosers(of name: String) -> [String] {
        expectations[name]?.conditions.flatMap(\.expected.templates).flatMap(\.references).map(\.name) ?? []
    }
}

extension Expected {
    /// Every text in it that refers to other expectations.
    var templates: [Template] {
        switch self {
        case .scalar: []
        case .template(let template): [template]
        case .list(let elements): elements.flatMap(\.templates)
        case .map(let members): members.flatMap(\.expected.templates)
        case .operators(let operators): operators.flatMap(\.templates)
        }
    }
}

extension Operator {
    fileprivate var templates: [Template] {
        switch self {
        case .equals(let expected), .not(let expected): expected.templates
        case .oneOf(let parts), .includes(let parts), .excludes(let parts): parts.flatMap(\.templates)
        case .matches(let pattern): pattern.template.map { [$0] } ?? []
        case .atLeast, .atMost, .present: []
        }
    }
}
