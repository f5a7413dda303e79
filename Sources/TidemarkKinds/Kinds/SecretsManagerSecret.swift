import StrictJSON
import Tidemark

extension Kind {
    package static let secretsManagerSecret = Kind(rawValue: "secretsmanager.secret")
}

extension KindDefinition {
    /// A secret of Secrets Manager; its identity is the ARN, its title the name. Its value is never requested.
    ///
    /// Source: <https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_DescribeSecret.html>.
    static let secretsManagerSecret = KindDefinition(
        .secretsManagerSecret, decoder: 1, incarnation: "ARN", title: .attribute("Name"), identityAttribute: "ARN",
        inputs: { arn in SecretARN(arn).map { ["region": .string($0.region)] } },
        questions: [
            QuestionDefinition(
                "secret", "secretsmanager", "DescribeSecret", ["SecretId": "${identity}"], scope: "${identity}",
                absent: ["ResourceNotFoundException"], requires: AnswerRequirement("ARN"),
                facets: [
                    FacetDefinition(
                        Snapshot.description,
                        at: "", volatile: volatilePaths,
                        readings: ["LastChangedDate", "LastRotatedDate", "NextRotationDate"],
                        lists: [
                            "Tags": .keyed(by: ["Key"]), "ReplicationStatus": .keyed(by: ["Region"]),
                            "ExternalSecretRotationMetadata": .keyed(by: ["Key"]),
                        ],
                        redactions: [.secret("ExternalSecretRotationMetadata[].Value")])
                ])
        ],
        facts: [])

    /// Rotation changes the dates and the versions, and reading the value changes the date of the last access.
    private static let volatilePaths: Set<AttributePattern> = [
        "LastAccessedDate", "LastChangedDate", "LastRotatedDate", "NextRotationDate", "VersionIdsToStages",
        "ReplicationStatus[].Status", "ReplicationStatus[].StatusMessage", "ReplicationStatus[].LastAccessedDate",
    ]
}
