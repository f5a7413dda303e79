import StrictJSON
import Tidemark

/// A member that every answer to a question has. Without it, an answer with no elements is not trusted.
///
/// AWS's JSON services write an empty list. Its XML services leave it out, so only a structure that was requested by name
/// can be required of them.
public struct AnswerRequirement: Sendable {
    /// A member that AWS never leaves out, such as `tasks` or `Role.RoleName`.
    public let member: AttributePattern
    /// The places of the requested names: in the question's parameters, and in the answer.
    public let names: (requested: AttributePattern, answered: AttributePattern)?

    /// Creates a requirement of one member.
    public init(_ member: AttributePattern) {
        self.member = member
        names = nil
    }

    /// Creates a requirement of one member and of every requested name.
    /// - Parameters:
    ///   - requested: The names in the question's parameters.
    ///   - answered: The names in the answer. Names that its `failures` report as missing do not exist.
    public init(_ member: AttributePattern, named requested: AttributePattern, _ answered: AttributePattern) {
        self.member = member
        names = (requested, answered)
    }

    /// The reason why an answer cannot be trusted, or nil.
    /// - Parameter partial: The members that a page of the answer lacks.
    public func unreadable(about answer: JSON, to question: Question, partial: Set<String> = []) -> UnreadableAnswer? {
        let isMissing = answer.values(at: member).allSatisfy { $0 == .null }
        let path = member.steps.map(\.name)
        if isMissing || path.first.map(partial.contains) == true {
            return UnreadableAnswer(.missingMember(path.joined(separator: ".")))
        }
        guard let names else { return nil }
        let answered = answer.values(at: names.answered)
        let missing = answer.elements("failures").filter { $0["reason"] == "MISSING" }.compactMap { $0["arn"] }
        let found = Set((answered + missing).compactMap(\.string).map(\.nameIfARN))
        let requested = JSON.object(question.parameters).values(at: names.requested).compactMap(\.string)
        return requested.first { !found.contains($0.nameIfARN) }.map { UnreadableAnswer(.missingName($0)) }
    }
}

extension AttributePattern.Step {
    fileprivate var name: String { if case .member(let name) = self { name } else { "" } }
}

extension String {
    /// The name. AWS may write an ARN for it, with or without the cluster.
    fileprivate var nameIfARN: String { hasPrefix("arn:") ? nameInARN : self }
}
