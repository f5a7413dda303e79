import StrictJSON
import StrictYAML
import Tidemark
import TidemarkKinds

/// The failure to resolve a reference, which leaves the requirement with it unseen, or not checked.
struct UnresolvedReference: Error {
    let unseen: Unseen
    /// The expectation whose missing resource is the cause; nil for any other cause.
    var missing: String?

    /// The status of what depends on the reference.
    var status: Finding.Status { missing.map { .notChecked(dependsOn: $0) } ?? .unseen(unseen) }
}

extension BaselineEvaluator {
    /// The requirement with the values of its references.
    ///
    /// - Parameter isCondition: Whether it is in `where`, in which a list means any of its elements.
    mutating func resolve(
        _ requirement: Requirement, isCondition: Bool = false
    ) throws(UnresolvedReference) -> Requirement {
        var expected: Expected
        if isCondition, case .template(let template) = requirement.expected {
            expected = .operators([.oneOf(try resolve(template).elements)])
        } else {
            expected = try resolve(requirement.expected)
        }
        if isCondition, case .list(let values) = expected { expected = .operators([.oneOf(values)]) }
        let path = try resolve(requirement.path, at: requirement.position)
        return Requirement(path: path, expected: expected, position: requirement.position)
    }

    /// The path with the value of each reference in it.
    private mutating func resolve(
        _ path: AttributePath, at position: Position
    ) throws(UnresolvedReference) -> AttributePath {
        var names: [String] = []
        for step in path.steps { names.append(try name(step, at: position)) }
        return path.renamed(names)
    }

    /// The name of a step, in which each reference has one value. Descriptions name a resource by its identity.
    private mutating func name(
        _ step: AttributePath.Step, at position: Position
    ) throws(UnresolvedReference) -> String {
        guard let template = step.template(at: position) else { return step.name }
        var name = ""
        for part in template.parts {
            switch part {
            case .text(let literal): name += literal
            case .reference(let reference):
                let found = try values(of: reference, in: template).elements
                guard found.count == 1, let value = found[0].value.scalarText else {
                    throw UnresolvedReference(
                        unseen: Unseen(reason: "its path refers to \(reference), which is not one value"))
                }
                try resolutions.reserve(value.utf8.count)
                name += value
            }
        }
        return name
    }

    mutating func resolve(_ expected: Expected) throws(UnresolvedReference) -> Expected {
        switch expected {
        case .scalar: return expected
        case .template(let template): return try resolve(template).value
        case .list(let elements): return .list(try resolve(elements))
        case .map(let members):
            var resolved: [(path: AttributePath, expected: Expected)] = []
            for (path, expected) in members { resolved.append((path, try resolve(expected))) }
            return .map(resolved)
        case .operators(let operators):
            var resolved: [Operator] = []
            for test in operators { resolved.append(Operator(try test.definition.resolved(by: &self))) }
            return .operators(resolved)
        }
    }

    /// The elements of a list, in which a reference is replaced by all its values.
    mutating func resolve(_ elements: [Expected]) throws(UnresolvedReference) -> [Expected] {
        var resolved: [Expected] = []
        for element in elements {
            if case .template(let template) = element {
                resolved += try resolve(template).elements
            } else {
                resolved.append(try resolve(element))
            }
        }
        return resolved
    }

    // MARK: Texts

    private mutating func resolve(_ template: Template) throws(UnresolvedReference) -> Resolution {
        if let known = resolutions.texts[template] { return known }
        let resolution: Resolution
        if let only = template.onlyReference {
            let found = try values(of: only, in: template)
            try resolutions.reserve(found.elements.reduce(0) { $0 + $1.size })
            resolution = Resolution(found.elements, of: template, isList: found.isList)
        } else {
            resolution = try combine(template)
        }
        resolutions.texts[template] = resolution
        return resolution
    }

    /// A text for each combination of the values of its references, in each spelling of them.
    private mutating func combine(_ template: Template) throws(UnresolvedReference) -> Resolution {
        var isList = false
        var parts: [[ReferencedValue]] = []
        for part in template.parts {
            switch part {
            case .text(let literal): parts.append([.text(literal)])
            case .reference(let reference):
                let found = try values(of: reference, in: template)
                isList = isList || found.isList
                parts.append(found.elements.map(\.named))
            }
        }
        try resolutions.reserve(combining: parts)
        let texts = parts.reduce([ReferencedValue.text("")]) { texts, values in
            texts.flatMap { text in values.map { text.appending($0) } }
        }
        return Resolution(texts, of: template, isList: isList)
    }

    // MARK: Values

    mutating func values(
        of reference: ExpectationReference, in template: Template
    ) throws(UnresolvedReference) -> (elements: [ReferencedValue], isList: Bool) {
        let resource = try resource(of: reference)
        guard let path = reference.path else { return ([value(.string(resource.identity), of: resource)], false) }
        switch snapshot.value(of: path, of: resource) {
        case .absent: return ([], true)
        case .unseen(let reason, _):
            throw UnresolvedReference(
                unseen: Unseen(
                    reason: "it refers to \(reference), which could not be seen: \(reason.reason)",
                    remedy: reason.remedy))
        case .seen(let found):
            rejectRedacted(found, reference, at: template.position)
            guard case .array(let elements) = found else { return ([value(found)], false) }
            return (elements.map { value($0) }, true)
        }
    }

    /// The one resource of the expectation that a reference names. A resource that nothing refers to any more still has
    /// values.
    private mutating func resource(of reference: ExpectationReference) throws(UnresolvedReference) -> ResourceID {
        guard let source = expectations[reference.name] else {
            throw UnresolvedReference(unseen: Unseen(reason: "no expectation has the name in \(reference)"))
        }
        let matched = matchedResources(for: source)
        let candidates = matched.matching.isEmpty && matched.unseen == nil ? matched.unreached : matched.matching
        if let only = candidates.first, candidates.count == 1 { return only }
        func unresolved(_ why: String, _ remedy: Remedy? = nil, missing: String? = nil) -> UnresolvedReference {
            let reason = "it refers to '\(reference.name)', which \(why)"
            return UnresolvedReference(
                unseen: Unseen(reason: reason, remedy: remedy ?? "see '\(reference.name)'"), missing: missing)
        }
        if candidates.count > 1 { throw unresolved("\(candidates.count) resources match") }
        if let missing = matched.missing {
            throw unresolved("depends on '\(missing)', which is missing", missing: missing)
        }
        if case .unseen(let unseen) = absence(of: source, matched) {
            throw unresolved("could not be seen: \(unseen.reason)", unseen.remedy)
        }
        throw unresolved("is missing", missing: reference.name)
    }

    /// A value, with the labels of the resources whose identity it is.
    private func value(_ value: JSON, of resource: ResourceID? = nil) -> ReferencedValue {
        let named = resource.map { [$0] } ?? value.string.map { snapshot.resources(identifiedBy: $0) } ?? []
        return ReferencedValue(value: value, labels: named.map { snapshot.label(of: $0) })
    }

    private mutating func rejectRedacted(_ value: JSON, _ reference: ExpectationReference, at position: Position) {
        guard value.holdsRedacted else { return }
        addMistake("'\(reference)' is redacted, so nothing can be compared with it", at: position)
    }
}
