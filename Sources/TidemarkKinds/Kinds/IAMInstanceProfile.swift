import StrictJSON
import Tidemark

extension Kind {
    package static let iamInstanceProfile = Kind(rawValue: "iam.instance-profile")
}

extension KindDefinition {
    /// An instance profile, which gives instances a role; its identity is the name.
    ///
    /// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_InstanceProfile.html>.
    static let iamInstanceProfile = KindDefinition(
        .iamInstanceProfile, decoder: 1, incarnation: "InstanceProfileId", identityAttribute: "InstanceProfileName",
        questions: [
            QuestionDefinition(
                "profile", "iam", "GetInstanceProfile", ["InstanceProfileName": "${identity}"],
                absent: ["NoSuchEntity", "NoSuchEntityException"],
                requires: AnswerRequirement("InstanceProfile.InstanceProfileName"),
                facets: [
                    FacetDefinition(
                        Snapshot.description,
                        at: "InstanceProfile", volatile: changesOfRoles,
                        lists: ["Roles": .keyed(by: ["RoleName"]), "Tags": .keyed(by: ["Key"])])
                ],
                leads: [
                    .resources(.iamRole) { $0.value["InstanceProfile"]?.names(of: "Roles") ?? [] }
                ])
        ],
        facts: [
            FactDefinition(
                "roles", "The names of the roles that its instances have, one at most; from Roles.", shape: .list,
                compute: { reader in
                    reader.facet(Snapshot.description).map { JSON($0.names(of: "Roles")) }
                })
        ])

    /// Attributes of a role, which can change without a change of the profile. The role itself has them.
    private static let changesOfRoles: Set<AttributePattern> = [
        "Roles[].AssumeRolePolicyDocument", "Roles[].Description", "Roles[].MaxSessionDuration",
        "Roles[].PermissionsBoundary", "Roles[].Tags", "Roles[].RoleLastUsed",
    ]
}

extension JSON {
    fileprivate func names(of roles: String) -> [String] { elements(roles).compactMap { $0["RoleName"]?.string } }
}
