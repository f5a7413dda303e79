import StrictJSON
import Tidemark

/// The least IAM policy under which every question can be asked.
///
/// A permission that IAM can limit to a resource is limited to the known resources, or without any to all of their
/// kind. The rest are list and describe calls, which know no resources or would answer an empty list for a forbidden one.
///
/// Source: "Grammar of the IAM JSON policy language",
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html>.
public struct AccessPolicy: Sendable {
    /// The actions that are allowed on some resources.
    public struct Statement: Sendable, Hashable {
        /// The actions in the order of their names: `rds:DescribeDBInstances`.
        public let actions: [String]
        /// The ARNs of the resources, with `*` for each unknown part.
        public let resources: [String]
    }

    /// The statements, sorted by their resources.
    public let statements: [Statement]

    /// Creates the policy for the questions of a registry.
    /// - Parameters:
    ///   - known: The resources that the caller must be able to observe, with their descriptions.
    ///   - partition: The partition of the resources: `aws`.
    public init(kinds: KindRegistry, known: [ResourceID: JSON] = [:], partition: String = "aws") {
        let scopes = ScopeReader(kinds: kinds, known: known, partition: partition)
        var actions: [[String]: Set<String>] = [:]
        for definition in kinds.definitions {
            for question in definition.questions {
                actions[scopes.resources(of: question, in: definition), default: []].insert(question.action)
            }
        }
        // An action that must be allowed everywhere for one question is allowed for the others too.
        let everywhere = actions[["*"]] ?? []
        statements = actions.map { resources, actions in
            let needed = resources == ["*"] ? actions : actions.subtracting(everywhere)
            return Statement(actions: needed.sorted { $0.precedesByUTF8($1) }, resources: resources)
        }
        .filter { !$0.actions.isEmpty }
        .sorted { $0.resources.joined().precedesByUTF8($1.resources.joined()) }
    }

    /// The policy as IAM accepts it.
    public var json: JSON {
        [
            "Version": "2012-10-17",
            "Statement": .array(
                statements.map { statement in
                    ["Effect": "Allow", "Action": JSON(statement.actions), "Resource": JSON(statement.resources)]
                }),
        ]
    }
}

/// Fills in the ARNs to which questions can be limited.
private struct ScopeReader {
    let kinds: KindRegistry
    let known: [ResourceID: JSON]
    let partition: String

    func resources(of question: QuestionDefinition, in definition: KindDefinition) -> [String] {
        guard let scope = question.scope else { return ["*"] }
        let subjects = subjects(of: definition).union(kinds(limitedTo: scope))
        let arns = known.filter { subjects.contains($0.key.kind) }.compactMap { resource, description in
            kinds[resource.kind]?.inputs(resource.identity).map { inputs in
                let identity: QuestionInputs = ["identity": .string(resource.identity)]
                return fill(scope, from: inputs.merging(identity) { $1 }, description)
            }
        }
        let limited = Set(arns.filter(\.isWhole).map(\.text)).sorted { $0.precedesByUTF8($1) }
        return limited.isEmpty ? [fill(scope, from: [:], [:]).text] : limited
    }

    /// The kinds whose resources are the subjects of the questions of a kind: its own, and those that list its resources.
    private func subjects(of definition: KindDefinition) -> Set<Kind> {
        guard definition.members != nil else { return [definition.kind] }
        let owners = kinds.definitions.filter { owner in
            owner.questions.flatMap(\.leads).contains { $0.membersKind == definition.kind }
        }
        return Set(owners.map(\.kind)).union([definition.kind])
    }

    /// The kinds with a question that is limited to the same resources.
    private func kinds(limitedTo scope: String) -> [Kind] {
        kinds.definitions.filter { $0.questions.contains { $0.scope == scope } }.map(\.kind)
    }

    /// The template with `*` for each input, or attribute of the subject, that is not known; whole where all are.
    private func fill(
        _ template: String, from inputs: QuestionInputs, _ description: JSON
    ) -> (text: String, isWhole: Bool) {
        var (text, isWhole) = ("", true)
        var rest = template[...]
        while let start = rest.firstRange(of: "${"), let end = rest[start.upperBound...].firstIndex(of: "}") {
            let name = String(rest[start.upperBound..<end])
            let value = inputs[name] ?? description.values(at: AttributePattern(stringLiteral: name)).first
            let known = name == "partition" ? partition : value?.string
            isWhole = isWhole && known != nil
            text += rest[..<start.lowerBound] + (known ?? "*")
            rest = rest[rest.index(after: end)...]
        }
        return (text + rest, isWhole)
    }
}
