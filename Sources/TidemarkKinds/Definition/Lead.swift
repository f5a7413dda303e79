import StrictJSON
import Tidemark

/// A reference in an answer to something else that belongs to the environment.
///
/// Its closure gives nil if the answer does not have what the lead needs; whatever lies beyond the lead is then unseen.
public enum Lead: Sendable {
    /// Resources of a kind, by their identities.
    case resources(Kind, @Sendable (Answer) -> [String]?)
    /// Every resource of a kind that the environment has, by its identity. One that is not among them does not belong to it.
    case all(Kind, @Sendable (Answer) -> [String]?)
    /// Endpoints of AWS services, and the kinds of the resources that they may name: a resource counts only if
    /// `KindDefinition.isAt` finds that it is at such a host. An endpoint at which no resource is found is not followed.
    case endpoints([Kind], @Sendable (Answer) -> [ServiceEndpoint]?)
    /// A further question about the same resource, with the inputs for each time that it is asked.
    case question(String, @Sendable (Answer) -> [QuestionInputs]?)
    /// The questions that list members of this resource, with the inputs for each time that they are asked.
    case members(Kind, @Sendable (Answer) -> [QuestionInputs]?)
    /// Resources of a kind that is listed together with other environments' resources, or that other answers offer: those with
    /// one of these keys.
    case links(Kind, @Sendable (Answer) -> Set<LinkKey>?)

    /// Resources of a kind, each with the key by which another answer refers to it, in its `links`. Those without a reference do
    /// not belong to the environment: of all tags of a repository, it uses a few.
    case offers(Kind, @Sendable (Answer) -> [LinkKey: String]?)

    /// The kinds of the resources to which it leads; none for a question about the same resource.
    package var kinds: [Kind] {
        switch self {
        case .resources(let kind, _), .all(let kind, _), .members(let kind, _), .links(let kind, _),
            .offers(let kind, _):
            [kind]
        case .endpoints(let kinds, _): kinds
        case .question: []
        }
    }

    /// The kinds of the resources that its endpoints may name; none for any other lead.
    package var kindsAtEndpoints: [Kind] { if case .endpoints(let kinds, _) = self { kinds } else { [] } }

    /// The kind of the members that it lists; nil for any other lead.
    package var membersKind: Kind? { if case .members(let kind, _) = self { kind } else { nil } }

    /// The kind of which it names every resource of the environment; nil for any other lead.
    package var wholeKind: Kind? { if case .all(let kind, _) = self { kind } else { nil } }

    /// The question to which it leads; nil for resources.
    package var questionName: String? { if case .question(let name, _) = self { name } else { nil } }
}

extension Lead {
    /// Resources of a kind that a facet names: at `VpcId`, at `SecurityGroups[].GroupId`. An empty text names none.
    package static func resources(_ kind: Kind, at place: AttributePattern, of facet: FacetDefinition) -> Lead {
        .resources(kind) { answer in
            answer.content(of: facet)?.values(at: place).compactMap(\.string).filter { !$0.isEmpty }
        }
    }

    /// Resources of a kind that are linked by the name of this one, which is a member of a facet.
    package static func links(_ kind: Kind, by member: String, of facet: FacetDefinition) -> Lead {
        .links(kind) { answer in
            answer.content(of: facet).map { content in
                content[member]?.string.map { [LinkKey(member, $0)] } ?? []
            }
        }
    }
}
