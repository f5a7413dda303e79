import StrictJSON

/// Where an answer leads: to resources of a kind, or to a further question about the same resource.
public struct Lead: Sendable {
    public enum Destination: Sendable, Hashable {
        case kind(Kind)
        case question(String)
    }

    public let destination: Destination
    /// What the answer leads to, each as the inputs of the next question.
    public let find: @Sendable (Answer) -> [[String: JSON]]

    /// Resources of a kind, by their identities.
    public static func resources(_ kind: Kind, _ find: @escaping @Sendable (Answer) -> [String]) -> Lead {
        Lead(destination: .kind(kind)) { find($0).map { ["identity": .string($0)] } }
    }

    /// A further question; none where `find` gives nil.
    public static func question(_ name: String, _ find: @escaping @Sendable (Answer) -> [String: JSON]?) -> Lead {
        Lead(destination: .question(name)) { find($0).map { [$0] } ?? [] }
    }

    public var questionName: String? { if case .question(let name) = destination { name } else { nil } }
}
