import StrictJSON

extension KindDefinition {
    /// A role, by its name.
    ///
    /// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_Role.html>.
    static let iamRole = KindDefinition(
        "iam.role", decoder: 1, incarnation: "RoleId",
        questions: [
            QuestionDefinition(
                "role", "iam", "GetRole", ["RoleName": "${identity}"], absent: roleGone,
                facets: [
                    // When the role was used last moves by itself.
                    FacetDefinition(
                        Snapshot.description,
                        at: "Role", volatile: ["RoleLastUsed"], lists: ["Tags": .keyed(by: ["Key"])])
                ]),
            QuestionDefinition(
                "attached-policies", "iam", "ListAttachedRolePolicies", ["RoleName": "${identity}"], absent: roleGone,
                facets: [
                    FacetDefinition(
                        "AttachedManagedPolicies", at: "AttachedPolicies", lists: ["": .keyed(by: ["PolicyArn"])])
                ]),
            QuestionDefinition(
                "inline-policy-names", "iam", "ListRolePolicies", ["RoleName": "${identity}"], absent: roleGone,
                leads: [.questions("inline-policies", inlinePolicyInputs)]),
            QuestionDefinition(
                "inline-policies", "iam", "GetRolePolicy",
                ["RoleName": "${identity}", "PolicyName": "${policy}"], count: .perInputs, absent: roleGone,
                facets: [FacetDefinition("RolePolicyList", at: "", lists: ["": .keyed(by: ["PolicyName"])])]),
        ],
        facts: [
            FactDefinition(
                "policies", "The policies it has: those of AWS by name, 'customer-managed NAME', 'inline NAME'.",
                shape: .list, compute: policies),
            FactDefinition(
                "trusts", "Who may assume it: 'service ec2.amazonaws.com'; from AssumeRolePolicyDocument.",
                shape: .list, compute: trusts),
        ])

    private static let roleGone: Set = ["NoSuchEntity", "NoSuchEntityException"]

    private static func inlinePolicyInputs(_ answer: Answer) -> [QuestionInputs]? {
        answer.value["PolicyNames"]?.array.map { names in names.map { ["policy": $0] } }
    }

    private static func policies(_ reader: inout FactReader) -> JSON? {
        guard let attached = reader.facet("AttachedManagedPolicies"), let inline = reader.facet("RolePolicyList") else {
            return nil
        }
        let managed = (attached.array ?? []).compactMap { policy -> String? in
            guard let name = policy["PolicyName"]?.string, let arn = policy["PolicyArn"]?.string else { return nil }
            return isOfAWS(arn) ? name : "customer-managed \(name)"
        }
        let own = (inline.array ?? []).compactMap { $0["PolicyName"]?.string }.map { "inline \($0)" }
        return JSON((managed + own).sorted { $0.precedesByUTF8($1) })
    }

    /// `arn:aws:iam::aws:policy/…`: where an account stands otherwise.
    /// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-vs-inline.html>.
    private static func isOfAWS(_ arn: String) -> Bool {
        arn.split(separator: ":", omittingEmptySubsequences: false).dropFirst(4).first == "aws"
    }

    private static func trusts(_ reader: inout FactReader) -> JSON? {
        guard let policy = reader.facet(Snapshot.description)?["AssumeRolePolicyDocument"] else { return nil }
        let lines = policy["Statement"].map(oneOrMore)?.flatMap(TrustStatement.lines) ?? []
        return JSON(Set(lines).sorted { $0.precedesByUTF8($1) })
    }
}

/// A statement of a trust policy, in words.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html>.
private enum TrustStatement {
    static func lines(_ statement: JSON) -> [String] {
        let isAllowed = statement["Effect"]?.string == "Allow"
        let condition = statement["Condition"] == nil ? "" : " under conditions"
        let named = statement["Principal"].map { principals($0) } ?? []
        let others = statement["NotPrincipal"].map { principals($0).map { "all but \($0)" } } ?? []
        return (named + others).map { (isAllowed ? "" : "never ") + $0 + condition }
    }

    private static func principals(_ principal: JSON) -> [String] {
        // "*" stands for everyone, as {"AWS": "*"} does.
        guard let types = principal.object else { return ["everyone"] }
        return types.members.flatMap { type, value in
            oneOrMore(value).compactMap(\.string).map { name in
                switch type {
                case "AWS": name == "*" ? "everyone" : name
                case "Service": "service \(name)"
                case "Federated": "federated \(name)"
                default: "\(type) \(name)"
                }
            }
        }
    }
}

/// Policies write a list of one as the element itself.
private func oneOrMore(_ value: JSON) -> [JSON] { value.array ?? [value] }
