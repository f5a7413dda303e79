import TidemarkKinds

extension Comparison {
    /// The expectation in the spelling of a state's policy documents, if its place is in one.
    func spelled(_ expected: Expected, at pattern: AttributePattern) -> Expected {
        guard !policies.isEmpty, let part = PolicyPart(at: pattern, policies: policies) else { return expected }
        return expected.spelled(as: part)
    }
}

extension Expected {
    fileprivate func spelled(as part: PolicyPart) -> Expected {
        switch self {
        case .scalar(let scalar): scalar.isNull ? self : Self.spelled(scalar, as: part)
        case .list(let elements): .list(elements.map { $0.spelled(as: part.element) })
        case .map(let members)
        where part == .statements && !PolicyPart.isStatement(members.map { $0.path.description }):
            .map(members.map { ($0.path, $0.expected.spelled(as: .statement)) })
        case .map where part == .statements: .list([spelled(as: .statement)])
        case .map(let members):
            .map(members.map { ($0.path, $0.expected.spelled(as: part.member($0.path.description))) })
        // An operator is compared at its place.
        case .template, .operators: self
        }
    }

    private static func spelled(_ scalar: ExpectedScalar, as part: PolicyPart) -> Expected {
        switch part {
        case _ where part.isList: .list([spelled(scalar, as: part.element)])
        case .principal where scalar.text == "*":
            .map([(AttributePath([.member(PolicyPart.everyone)]), .list([.scalar(scalar)]))])
        case .onePrincipal:
            .scalar(
                ExpectedScalar(
                    PolicyPart.principal(scalar.text), isQuoted: scalar.isQuoted, aliases: scalar.aliases,
                    written: PolicyPart.principal(scalar.written)))
        default: .scalar(scalar)
        }
    }
}
