import StrictJSON

/// Where an answer leads: to resources of a kind, or to a further question.
public struct Lead: Sendable {
    public enum Destination: Sendable, Hashable {
        /// Resources of a kind, by their identities, and where a host names them, by that.
        case kind(Kind)
        /// A further question about the same resource.
        case question(String)
        /// The questions whose answer lists resources of a kind that belong to this one.
        case members(Kind)
        /// Resources of a listed kind, by what is marked on them.
        case marked(Kind)
    }

    public let destination: Destination
    /// What the answer leads to, each as the inputs of the next question; nil where it does not lead on, so that what
    /// lies beyond is unseen.
    public let find: @Sendable (Answer) -> [QuestionInputs]?

    /// Resources of a kind, by their identities.
    public static func resources(_ kind: Kind, _ find: @escaping @Sendable (Answer) -> [String]) -> Lead {
        Lead(destination: .kind(kind)) { find($0).map { ["identity": .string($0)] } }
    }

    /// Resources of a kind that a facet names: at `VpcId`, at `SecurityGroups[].GroupId`; an empty text names none.
    public static func resources(_ kind: Kind, at place: AttributePattern, of facet: FacetDefinition) -> Lead {
        .resources(kind) {
            (facet.select(from: $0)?.values(at: place) ?? []).compactMap(\.string).filter { !$0.isEmpty }
        }
    }

    /// A further question; what it would answer is unseen where `find` gives nil.
    public static func question(_ name: String, _ find: @escaping @Sendable (Answer) -> QuestionInputs?) -> Lead {
        Lead(destination: .question(name)) { find($0).map { [$0] } }
    }

    /// A further question that is asked once per inputs; for none of them it is answered by nothing.
    public static func questions(_ name: String, _ find: @escaping @Sendable (Answer) -> [QuestionInputs]?) -> Lead {
        Lead(destination: .question(name), find: find)
    }

    /// The resources of a kind that belong to this one.
    public static func members(_ kind: Kind, _ find: @escaping @Sendable (Answer) -> [QuestionInputs]?) -> Lead {
        Lead(destination: .members(kind), find: find)
    }

    /// Of a kind that one answer lists together with others' resources: those that bear one of these marks.
    public static func marked(_ kind: Kind, _ find: @escaping @Sendable (Answer) -> [Mark]) -> Lead {
        Lead(destination: .marked(kind)) { find($0).map { ["identity": .string($0.text)] } }
    }

    /// Those that bear the resource's own name under `name`, as AWS spells it in the answer.
    public static func marked(_ kind: Kind, by name: String, of facet: FacetDefinition) -> Lead {
        .marked(kind) { facet.select(from: $0)?[name]?.string.map { [Mark(name, $0)] } ?? [] }
    }

    public var questionName: String? { if case .question(let name) = destination { name } else { nil } }
}
