extension [Requirement] {
    /// These with others over them: maps are merged member by member, and whatever else is said of an attribute takes the
    /// place of what was said of it.
    func overridden(by others: [Requirement]) -> [Requirement] {
        var base = self
        let own = others.map { other in
            var merged = other
            base = base.compactMap { requirement in
                guard let rest = requirement.without(other.path, saidBy: other.expected) else { return nil }
                guard rest.path == other.path, case .map(let members) = rest.expected,
                    case .map(let own) = other.expected
                else { return rest }
                // What is left of it was said of other members.
                merged = Requirement(path: other.path, expected: .map(members + own), position: other.position)
                return nil
            }
            return merged
        }
        return base + own
    }
}

extension Requirement {
    /// What is left of it where something else is said of `path`, or nil for nothing.
    fileprivate func without(_ other: AttributePath, saidBy saying: Expected) -> Requirement? {
        if let inner = other.steps(below: path) {
            guard case .map = expected else { return inner.isEmpty ? nil : self }
            return expected.without(inner, saidBy: saying).map {
                Requirement(path: path, expected: $0, position: position)
            }
        }
        guard let outer = path.steps(below: other) else { return self }
        return saying.speaks(of: outer) ? nil : self
    }
}

extension Expected {
    /// What is left of a map where something else is said of a value in it.
    fileprivate func without(_ steps: ArraySlice<AttributePath.Step>, saidBy saying: Expected) -> Expected? {
        guard case .map(let members) = self else { return steps.isEmpty ? nil : self }
        let left: [(path: AttributePath, expected: Expected)]
        if let step = steps.first {
            left = members.flatMap { member -> [(path: AttributePath, expected: Expected)] in
                guard member.path.steps.first?.name == step.name else { return [member] }
                return member.expected.without(steps.dropFirst(), saidBy: saying).map { [(member.path, $0)] } ?? []
            }
        } else {
            guard case .map(let others) = saying else { return nil }
            left = members.flatMap { member -> [(path: AttributePath, expected: Expected)] in
                let over = others.first { $0.path.steps.first?.name == member.path.steps.first?.name }
                guard let over else { return [member] }
                return member.expected.without([], saidBy: over.expected).map { [(member.path, $0)] } ?? []
            }
        }
        return left.isEmpty ? nil : .map(left)
    }

    /// Whether it says something of a value within that of which it is expected.
    fileprivate func speaks(of steps: ArraySlice<AttributePath.Step>) -> Bool {
        guard let step = steps.first, case .map(let members) = self else { return true }
        return members.contains { $0.path.steps.first?.name == step.name && $0.expected.speaks(of: steps.dropFirst()) }
    }
}

extension AttributePath {
    /// The steps that lead from another place to this one, or nil where it does not lie there.
    fileprivate func steps(below other: AttributePath) -> ArraySlice<Step>? {
        steps.map(\.name).starts(with: other.steps.map(\.name)) ? steps.dropFirst(other.steps.count) : nil
    }
}
