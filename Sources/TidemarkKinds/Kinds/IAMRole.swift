import StrictJSON
import Tidemark

extension Kind {
    package static let iamRole = Kind(rawValue: "iam.role")
}

extension KindDefinition {
    /// A role; its identity is the name.
    ///
    /// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_Role.html>.
    static let iamRole = KindDefinition(
        .iamRole, decoder: 3, incarnation: "RoleId", identityAttribute: "RoleName",
        questions: [
            QuestionDefinition(
                "role", "iam", "GetRole", ["RoleName": "${identity}"], absent: roleGone,
                requires: AnswerRequirement("Role.RoleName"),
                facets: [
                    // The time of the last use changes by itself.
                    FacetDefinition(
                        Snapshot.description,
                        at: "Role", volatile: ["RoleLastUsed"], policies: ["AssumeRolePolicyDocument"],
                        lists: ["Tags": .keyed(by: ["Key"])],
                        redactions: [.secret("AssumeRolePolicyDocument", of: "", unless: .objectOfAny)])
                ],
                leads: [.resources(.iamPolicy, boundary)]),
            QuestionDefinition(
                "attached-policies", "iam", "ListAttachedRolePolicies", ["RoleName": "${identity}"], absent: roleGone,
                facets: [
                    FacetDefinition(
                        attachedPolicies, at: "AttachedPolicies", lists: ["": .keyed(by: ["PolicyArn"])])
                ],
                leads: [
                    .resources(.iamPolicy) { $0.value.elements("AttachedPolicies").compactMap(\.policyARN) }
                ]),
            QuestionDefinition(
                "inline-policy-names", "iam", "ListRolePolicies", ["RoleName": "${identity}"], absent: roleGone,
                leads: [.question("inline-policies", inlinePolicyInputs)]),
            QuestionDefinition(
                "inline-policies", "iam", "GetRolePolicy",
                ["RoleName": "${identity}", "PolicyName": "${policy}"], count: .perInputs, absent: roleGone,
                requires: AnswerRequirement("PolicyDocument", named: "PolicyName", "PolicyName"),
                facets: [
                    FacetDefinition(
                        inlinePolicies, at: "", policies: ["[].PolicyDocument"],
                        lists: ["": .keyed(by: ["PolicyName"])],
                        redactions: [.secret("PolicyDocument", of: "[]", unless: .objectOfAny)])
                ]),
        ],
        facts: [
            FactDefinition(
                "policies", "The policies it has: those of AWS by name, 'customer-managed NAME', 'inline NAME'.",
                shape: .list, compute: policies),
            FactDefinition(
                "trusts", "Who may assume it: 'service ec2.amazonaws.com'; from AssumeRolePolicyDocument.",
                shape: .list, compute: trusts),
            FactDefinition(
                "broad-permissions",
                "What its policies let change anywhere, by policy and service: 'NAME: sqs:SendMessage on *'; from the "
                    + "documents in force. What others forbid is not considered.", shape: .list,
                compute: broadPermissions),
        ])

    private static let attachedPolicies = "AttachedManagedPolicies"
    private static let inlinePolicies = "RolePolicyList"

    private static let roleGone: Set = ["NoSuchEntity", "NoSuchEntityException"]

    private static func inlinePolicyInputs(_ answer: Answer) -> [QuestionInputs]? {
        answer.value["PolicyNames"]?.array.map { names in names.map { ["policy": $0] } }
    }

    private static func boundary(_ answer: Answer) -> [String] {
        let boundary = answer.value["Role"]?["PermissionsBoundary"]?["PermissionsBoundaryArn"]?.string
        return [boundary].compactMap(\.self)
    }

    private static func broadPermissions(_ reader: inout FactReader) -> JSON? {
        guard let attached = reader.facet(attachedPolicies), let inline = reader.facet(inlinePolicies) else {
            return nil
        }
        var lines = (inline.array ?? []).flatMap { policy in
            broadPermissions(of: "inline", policy["PolicyName"], policy["PolicyDocument"])
        }
        for policy in attached.array ?? [] {
            guard let arn = policy.policyARN else { continue }
            let document = IAMPolicyDocument.inForce(ofPolicy: arn, &reader)
            lines += broadPermissions(of: isOfAWS(arn) ? nil : "customer-managed", policy["PolicyName"], document)
        }
        return JSON(lines.sorted { $0.precedesByUTF8($1) })
    }

    private static func broadPermissions(of owner: String?, _ name: JSON?, _ document: JSON?) -> [String] {
        let policy = [owner, name?.string].compactMap(\.self).joined(separator: " ")
        return document.map { BroadPermissions.lines($0).map { "\(policy): \($0)" } } ?? []
    }

    private static func policies(_ reader: inout FactReader) -> JSON? {
        guard let attached = reader.facet(attachedPolicies), let inline = reader.facet(inlinePolicies) else {
            return nil
        }
        let managed = (attached.array ?? []).compactMap { policy -> String? in
            guard let name = policy["PolicyName"]?.string, let arn = policy.policyARN else { return nil }
            return isOfAWS(arn) ? name : "customer-managed \(name)"
        }
        let own = (inline.array ?? []).compactMap { $0["PolicyName"]?.string }.map { "inline \($0)" }
        return JSON((managed + own).sorted { $0.precedesByUTF8($1) })
    }

    /// Whether a policy is AWS's own: `arn:aws:iam::aws:policy/…` has `aws` in the place of the account.
    /// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-vs-inline.html>.
    private static func isOfAWS(_ arn: String) -> Bool {
        arn.split(separator: ":", omittingEmptySubsequences: false).dropFirst(4).first == "aws"
    }

    private static func trusts(_ reader: inout FactReader) -> JSON? {
        guard let role = reader.facet(Snapshot.description), let policy = role["AssumeRolePolicyDocument"] else {
            return nil
        }
        let partition = role["Arn"]?.string?.split(separator: ":").dropFirst().first ?? "aws"
        let lines = policy["Statement"]?.oneOrMore.flatMap { TrustStatement.lines($0, partition: partition) } ?? []
        return JSON(Set(lines).sorted { $0.precedesByUTF8($1) })
    }
}

/// A statement of a trust policy, in words.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html>.
private enum TrustStatement {
    static func lines(_ statement: JSON, partition: Substring) -> [String] {
        let isAllowed = statement["Effect"]?.string == "Allow"
        let condition = statement["Condition"] == nil ? "" : " under conditions"
        let named = statement["Principal"].map { principals($0, partition) } ?? []
        let others = statement["NotPrincipal"].map { principals($0, partition).map { "all but \($0)" } } ?? []
        return (named + others).map { (isAllowed ? "" : "never ") + $0 + condition }
    }

    private static func principals(_ principal: JSON, _ partition: Substring) -> [String] {
        // "*" means everyone, as {"AWS": "*"} does.
        guard let types = principal.object else { return ["everyone"] }
        return types.members.flatMap { type, value in
            value.oneOrMore.compactMap(\.string).map { name in
                switch type {
                case "AWS" where PolicyPart.isAccount(name): "arn:\(partition):iam::\(name):root"
                case "AWS": name == "*" ? "everyone" : name
                case "Service": "service \(name)"
                case "Federated": "federated \(name)"
                default: "\(type) \(name)"
                }
            }
        }
    }
}

extension JSON {
    fileprivate var policyARN: String? { self["PolicyArn"]?.string }
}
