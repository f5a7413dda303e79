/// The IAM actions of operations; most have the operation's own name.
///
/// Source: the "Actions" tables of the Service Authorization Reference,
/// <https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html>.
package enum Permission {
    /// `rds:DescribeDBInstances`, `s3:GetEncryptionConfiguration`.
    package static func action(_ service: String, _ operation: String) -> String {
        "\(prefixes[service] ?? service):\(names[service]?[operation] ?? operation)"
    }

    private static let prefixes = ["elbv2": "elasticloadbalancing"]

    private static let names: [String: [String: String]] = [
        "s3": [
            "GetBucketCors": "GetBucketCORS",
            "GetBucketEncryption": "GetEncryptionConfiguration",
            "GetBucketLifecycleConfiguration": "GetLifecycleConfiguration",
            "GetPublicAccessBlock": "GetBucketPublicAccessBlock",
            "HeadBucket": "ListBucket",
            "ListObjectsV2": "ListBucket",
        ]
    ]
}
