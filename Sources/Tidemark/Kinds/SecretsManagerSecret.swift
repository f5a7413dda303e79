import StrictJSON

extension Kind {
    package static let secretsManagerSecret = Kind(rawValue: "secretsmanager.secret")
}

extension KindDefinition {
    /// A secret of Secrets Manager, by its ARN; people know it by its name. Its value is never asked for.
    ///
    /// Source: <https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_DescribeSecret.html>.
    static let secretsManagerSecret = KindDefinition(
        .secretsManagerSecret, decoder: 1, incarnation: "ARN", title: .attribute("Name"),
        inputs: { arn in SecretARN(arn).map { ["region": .string($0.region)] } },
        questions: [
            QuestionDefinition(
                "secret", "secretsmanager", "DescribeSecret", ["SecretId": "${identity}"], scope: "${identity}",
                absent: ["ResourceNotFoundException"], requires: AnswerRequirement("ARN"),
                facets: [
                    FacetDefinition(
                        Snapshot.description,
                        at: "", volatile: movesByItself,
                        readings: ["LastChangedDate", "LastRotatedDate", "NextRotationDate"],
                        lists: [
                            "Tags": .keyed(by: ["Key"]), "ReplicationStatus": .keyed(by: ["Region"]),
                            "ExternalSecretRotationMetadata": .keyed(by: ["Key"]),
                        ],
                        redactions: [.secret("ExternalSecretRotationMetadata[].Value")])
                ])
        ],
        facts: [])

    /// Rotation moves the dates and the versions by itself, and whoever reads the value moves the date of the last access.
    private static let movesByItself: Set<AttributePattern> = [
        "LastAccessedDate", "LastChangedDate", "LastRotatedDate", "NextRotationDate", "VersionIdsToStages",
        "ReplicationStatus[].Status", "ReplicationStatus[].StatusMessage", "ReplicationStatus[].LastAccessedDate",
    ]
}

/// The ARN of a secret: `arn:aws:secretsmanager:us-west-2:123456789012:secret:antenna/database-AbCdEf`. Whoever injects
/// one key of it, or one version, writes these behind it.
///
/// Source: <https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-secrets-manager.html>.
struct SecretARN: Hashable {
    let text: String
    let region: String

    /// The secrets that a text names, as a whole or within it.
    static func all(in text: String) -> [String] {
        text.matches(of: pattern).map { String($0.0) }
    }

    init?(_ text: String) {
        guard let match = text.wholeMatch(of: Self.pattern) else { return nil }
        self.text = text
        region = String(match.1)
    }

    private static var pattern: Regex<(Substring, Substring)> {
        #/arn:aws[a-z\-]*:secretsmanager:([a-z0-9\-]+):[0-9]{12}:secret:[A-Za-z0-9\/_+=.@\-]+/#
    }
}
