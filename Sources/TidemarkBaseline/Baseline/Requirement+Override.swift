import TidemarkKinds

extension [Requirement] {
    /// The requirements with others that override them: maps are merged member by member, and any other requirement of an
    /// attribute replaces the one before.
    func overridden(by others: [Requirement]) -> [Requirement] {
        var base = self
        let own = others.map { other in
            var merged = other
            base = base.compactMap { requirement in
                guard let rest = requirement.without(other.path, overriddenBy: other.expected) else { return nil }
                guard rest.path == other.path, case .map(let members) = rest.expected,
                    case .map(let own) = other.expected
                else { return rest }
                // The members that are left are not overridden.
                merged = Requirement(path: other.path, expected: .map(members + own), position: other.position)
                return nil
            }
            return merged
        }
        return base + own
    }
}

extension Requirement {
    /// The part of the requirement that a requirement of another path does not override; nil if there is none.
    fileprivate func without(_ other: AttributePath, overriddenBy new: Expected) -> Requirement? {
        if let inner = other.steps(below: path) {
            guard case .map = expected else { return inner.isEmpty ? nil : self }
            return expected.without(inner, overriddenBy: new).map {
                Requirement(path: path, expected: $0, position: position)
            }
        }
        guard let outer = path.steps(below: other) else { return self }
        return new.states(valueAt: outer) ? nil : self
    }
}

extension Expected {
    /// The members of a map that a value expected below it does not override; nil if there are none.
    fileprivate func without(_ steps: ArraySlice<AttributePath.Step>, overriddenBy new: Expected) -> Expected? {
        guard case .map(let members) = self else { return steps.isEmpty ? nil : self }
        let left: [(path: AttributePath, expected: Expected)]
        if let step = steps.first {
            left = members.flatMap { member -> [(path: AttributePath, expected: Expected)] in
                guard member.path.steps.first?.name == step.name else { return [member] }
                return member.expected.without(steps.dropFirst(), overriddenBy: new).map { [(member.path, $0)] } ?? []
            }
        } else {
            guard case .map(let others) = new else { return nil }
            left = members.flatMap { member -> [(path: AttributePath, expected: Expected)] in
                let over = others.first { $0.path.steps.first?.name == member.path.steps.first?.name }
                guard let over else { return [member] }
                return member.expected.without([], overriddenBy: over.expected).map { [(member.path, $0)] } ?? []
            }
        }
        return left.isEmpty ? nil : .map(left)
    }

    /// Whether the expected value states the value at a path below it.
    fileprivate func states(valueAt steps: ArraySlice<AttributePath.Step>) -> Bool {
        guard let step = steps.first, case .map(let members) = self else { return true }
        return members.contains {
            $0.path.steps.first?.name == step.name && $0.expected.states(valueAt: steps.dropFirst())
        }
    }
}

extension AttributePath {
    /// The steps from another path to this one; nil if this one is not below it.
    fileprivate func steps(below other: AttributePath) -> ArraySlice<Step>? {
        steps.map(\.name).starts(with: other.steps.map(\.name)) ? steps.dropFirst(other.steps.count) : nil
    }
}
