import StrictJSON
import Testing
import Tidemark

@testable import TidemarkKinds

extension KindDefinition {
    /// The resources of a kind to which the answer to a question leads.
    func identities(of kind: Kind, beyond question: String, _ answer: Answer) throws -> [String] {
        try #require(self.question(question)).identities(of: kind, in: answer)
    }

    /// Whether an answer is about the resource that a host names.
    func isNamed(by host: String, _ answer: Answer) throws -> Bool {
        let (isAt, question) = try (#require(isAt), #require(firstQuestions.first))
        return isAt(host, question.read(answer))
    }
}

extension FacetDefinition {
    func content(in answer: Answer) -> JSON? { content(in: answer.value, of: answer.identity) }
}

extension QuestionDefinition {
    /// The answer with the contents of this question's facets.
    func read(_ answer: Answer) -> Answer {
        Answer(
            answer.value, identity: answer.identity, place: answer.place, inputs: answer.inputs,
            payload: answer.payload, facets: ownFacets)
    }

    /// The resources of a kind to which an answer leads, by their identities or by hosts.
    func identities(of kind: Kind, in answer: Answer) -> [String] {
        let answer = read(answer)
        return leads.flatMap { lead -> [String] in
            switch lead {
            case .resources(kind, let find), .all(kind, let find): find(answer) ?? []
            case .endpoints(_, let find):
                find(answer)?.flatMap(\.candidates).filter { $0.kind == kind }.map(\.identity) ?? []
            default: []
            }
        }
    }

    /// The keys by which an answer links resources of a kind.
    func linkKeys(of kind: Kind, in answer: Answer) -> Set<LinkKey> {
        let answer = read(answer)
        return leads.reduce(into: []) { keys, lead in
            if case .links(kind, let find) = lead { keys.formUnion(find(answer) ?? []) }
        }
    }

    /// The inputs of the questions that list members of a kind; nil if the answer does not lead to them.
    func inputs(ofMembers kind: Kind, in answer: Answer) -> [QuestionInputs]? {
        leads.lazy.compactMap { if case .members(kind, let find) = $0 { find } else { nil } }.first?(read(answer))
    }

    /// The inputs of a further question; nil if the answer does not lead to it.
    func inputs(ofQuestion name: String, in answer: Answer) -> [QuestionInputs]? {
        leads.lazy.compactMap { if case .question(name, let find) = $0 { find } else { nil } }.first?(read(answer))
    }
}
