import StrictJSON
import Tidemark

extension Kind {
    package static let ecrRepository = Kind(rawValue: "ecr.repository")
}

extension KindDefinition {
    /// A private repository of images; its identity is the URI. It may belong to another account or region.
    ///
    /// Source: <https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_Repository.html>.
    static let ecrRepository = KindDefinition(
        .ecrRepository, decoder: 2, incarnation: "createdAt", title: .attribute("repositoryName"),
        inputs: { ECRRepositoryURI($0)?.inputs },
        questions: [
            QuestionDefinition(
                "repository", "ecr", "DescribeRepositories",
                ["registryId": "${registry}", "repositoryNames": ["${name}"]], scope: ECRRepositoryURI.scope,
                absent: ["RepositoryNotFoundException"],
                requires: AnswerRequirement(
                    "repositories", named: "repositoryNames[]", "repositories[].repositoryName"),
                facets: [
                    FacetDefinition(
                        Snapshot.description,
                        at: "repositories[]", selector: .identity(member: "repositoryUri"))
                ],
                leads: [.members(.ecrTag) { _ in [[:]] }]),
            QuestionDefinition(
                "lifecycle-policy", "ecr", "GetLifecyclePolicy",
                ["registryId": "${registry}", "repositoryName": "${name}"],
                scope: ECRRepositoryURI.scope,
                absent: ["LifecyclePolicyNotFoundException", "RepositoryNotFoundException"],
                requires: AnswerRequirement("lifecyclePolicyText"),
                facets: [
                    FacetDefinition(
                        "lifecyclePolicyText", at: "lifecyclePolicyText", isDocument: true,
                        lists: ["rules": .keyed(by: ["rulePriority"])])
                ]),
            QuestionDefinition(
                "policy", "ecr", "GetRepositoryPolicy",
                ["registryId": "${registry}", "repositoryName": "${name}"],
                scope: ECRRepositoryURI.scope,
                absent: ["RepositoryPolicyNotFoundException", "RepositoryNotFoundException"],
                requires: AnswerRequirement("policyText"),
                facets: [
                    FacetDefinition(
                        "policyText", at: "policyText", isDocument: true, policies: [""],
                        lists: ["Statement": .keyed(by: ["Sid"])])
                ]),
        ],
        facts: [
            FactDefinition(
                "mutable", "Whether a tag can be moved to other bytes; from imageTagMutability.", shape: .scalar,
                compute: { reader in
                    // Exclusion filters invert the setting for the tags that match them.
                    reader.facet(Snapshot.description)?["imageTagMutability"]?.string.map { setting in
                        setting == "IMMUTABLE" ? false : .bool(true)
                    }
                }),
            FactDefinition(
                "encryption",
                "How images are encrypted at rest: 'AES256', or 'KMS' with its key; from "
                    + "encryptionConfiguration.", shape: .scalar,
                compute: { reader in
                    let configuration = reader.facet(Snapshot.description)?["encryptionConfiguration"]
                    return configuration?["encryptionType"]?.string.map { type in
                        .string([type, configuration?["kmsKey"]?.string].compactMap(\.self).joined(separator: " "))
                    }
                }),
            FactDefinition(
                "scan-on-push", "Whether images are scanned when they are pushed; from imageScanningConfiguration.",
                shape: .scalar,
                compute: { $0.facet(Snapshot.description)?["imageScanningConfiguration"]?["scanOnPush"] }),
        ])
}

extension ECRRepositoryURI {
    /// The ARN of a repository, a template of a question's inputs.
    ///
    /// Source: <https://docs.aws.amazon.com/AmazonECR/latest/userguide/security_iam_service-with-iam.html>.
    static let scope = "arn:${partition}:ecr:${region}:${registry}:repository/${name}"

    /// The inputs of a question about the repository, with its region.
    var inputs: QuestionInputs {
        ["uri": .string(uri), "registry": .string(registryID), "region": .string(region), "name": .string(name)]
    }
}
