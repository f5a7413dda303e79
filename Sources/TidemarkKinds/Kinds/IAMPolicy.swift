import StrictJSON
import Tidemark

extension Kind {
    package static let iamPolicy = Kind(rawValue: "iam.policy")
}

extension KindDefinition {
    /// A managed policy with the document that is in force; its identity is the ARN.
    ///
    /// AWS changes its own policies. `DefaultVersionId` is the version of the document.
    ///
    /// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_Policy.html>.
    static let iamPolicy = KindDefinition(
        .iamPolicy, decoder: 3, incarnation: "PolicyId", title: .attribute("PolicyName"), identityAttribute: "Arn",
        questions: [
            QuestionDefinition(
                "policy", "iam", "GetPolicy", ["PolicyArn": "${identity}"], absent: policyGone,
                requires: AnswerRequirement("Policy.Arn"),
                facets: [
                    // Usage counts are not part of the policy. For AWS's own policies they cover this account only. The date
                    // of the update is that of the newest version, also of one that is not in force.
                    FacetDefinition(
                        Snapshot.description,
                        at: "Policy", volatile: ["AttachmentCount", "PermissionsBoundaryUsageCount", "UpdateDate"],
                        lists: ["Tags": .keyed(by: ["Key"])])
                ],
                leads: [.question("version", defaultVersion)]),
            QuestionDefinition(
                "version", "iam", "GetPolicyVersion", ["PolicyArn": "${identity}", "VersionId": "${version}"],
                absent: policyGone, requires: AnswerRequirement("PolicyVersion.Document"),
                facets: [
                    FacetDefinition(
                        IAMPolicyDocument.facet, at: "PolicyVersion", policies: ["Document"],
                        lists: ["Document.Statement": .keyed(by: ["Sid"])],
                        redactions: [.secret("Document", of: "", unless: .objectOfAny)])
                ]),
        ],
        facts: [
            FactDefinition(
                "broad-permissions",
                "What it lets change anywhere, by service: 'sqs:SendMessage on *'; from the document in force. What "
                    + "other statements or policies forbid is not considered.", shape: .list,
                compute: { reader in
                    reader.facet(IAMPolicyDocument.facet)?["Document"].map { JSON(BroadPermissions.lines($0)) }
                })
        ])

    private static let policyGone: Set = ["NoSuchEntity", "NoSuchEntityException"]

    private static func defaultVersion(_ answer: Answer) -> [QuestionInputs]? {
        answer.value["Policy"]?["DefaultVersionId"].map { [["version": $0]] }
    }
}
