import StrictJSON
import TidemarkBucket

/// The policies for a history in a bucket: those of the identities that record and read it, and that of the bucket itself.
///
/// Source: "Actions, resources, and condition keys for Amazon S3" in the Service Authorization Reference, and "Enforce
/// conditional writes on Amazon S3 buckets" in the Amazon S3 User Guide, and "IAM policy elements: variables and tags" in the IAM User Guide.
package struct BucketPolicies: Sendable {
    /// The ARN of the bucket.
    let bucket: String
    /// The ARN of all objects of the history.
    let objects: String
    /// The key of KMS with which the store encrypts the objects; nil for the bucket's default.
    private let kmsKey: String?
    private let partition: String

    /// - Parameters:
    ///   - prefix: The part of the keys before the environment; empty for none.
    ///   - partition: The partition of the bucket: `aws`.
    package init(bucket: String, prefix: String, partition: String, kmsKey: String? = nil) {
        self.bucket = "arn:\(partition):s3:::\(bucket)"
        // In an ARN these characters have a meaning; policy variables stand for them.
        let escaped = prefix.map { "*?$".contains($0) ? "${\($0)}" : String($0) }.joined()
        objects = "\(self.bucket)/\(EntryKeys.folder(escaped))*"
        self.kmsKey = kmsKey
        self.partition = partition
    }

    /// The policy of an identity that records into the history.
    package var recorder: JSON {
        policy([readObjects, createObjects, list] + key(["kms:Decrypt", "kms:GenerateDataKey"]))
    }

    /// The policy of an identity that reads the history.
    package var reader: JSON { policy([readObjects, list] + key(["kms:Decrypt"])) }

    /// The policy of an identity that reads the settings of the bucket.
    package var doctor: JSON {
        policy([
            [
                "Effect": "Allow", "Action": JSON(BucketSetting.allCases.map(\.permission)),
                "Resource": .string(bucket),
            ]
        ])
    }

    /// The policy of the bucket: an object can be created, and neither replaced nor deleted by anyone.
    package var bucketPolicy: JSON {
        policy(AppendOnlyRule.allCases.map { $0.statement(self) })
    }

    private var readObjects: JSON { ["Effect": "Allow", "Action": "s3:GetObject", "Resource": .string(objects)] }

    private var createObjects: JSON { ["Effect": "Allow", "Action": "s3:PutObject", "Resource": .string(objects)] }

    /// Without a condition on the prefix: a request for an object has none, and would be refused instead of answered with 404.
    private var list: JSON { ["Effect": "Allow", "Action": "s3:ListBucket", "Resource": .string(bucket)] }

    /// A policy names a key by its ARN, and an alias by a condition: in a resource IAM ignores an alias.
    ///
    /// Source: "Use aliases to control access to KMS keys" in the AWS KMS Developer Guide.
    private func key(_ actions: [String]) -> [JSON] {
        guard let kmsKey else { return [] }
        let name = kmsKey.hasPrefix("arn:") ? kmsKey.split(separator: ":").last.map(String.init) ?? kmsKey : kmsKey
        if name.hasPrefix("alias/") {
            return [
                [
                    "Effect": "Allow", "Action": JSON(actions), "Resource": "*",
                    "Condition": ["ForAnyValue:StringEquals": ["kms:ResourceAliases": .string(name)]],
                ]
            ]
        }
        let resource = kmsKey.hasPrefix("arn:") ? kmsKey : "arn:\(partition):kms:*:*:key/\(kmsKey)"
        return [["Effect": "Allow", "Action": JSON(actions), "Resource": .string(resource)]]
    }

    private func policy(_ statements: [JSON]) -> JSON { ["Version": "2012-10-17", "Statement": .array(statements)] }
}

/// What the policy of a bucket denies everybody so that a log in it only grows.
enum AppendOnlyRule: String, CaseIterable {
    case replace = "NoObjectIsReplaced"
    case delete = "NoObjectIsDeleted"
    case tag = "NoObjectIsTagged"
    case expire = "NoRuleDeletesObjects"
    case version = "VersioningStays"

    /// The denied actions.
    var actions: [String] {
        switch self {
        case .replace: ["s3:PutObject", "s3:ReplicateObject"]
        case .delete: ["s3:DeleteObject", "s3:DeleteObjectVersion", "s3:ReplicateDelete"]
        case .tag: ["s3:PutObjectTagging", "s3:PutObjectVersionTagging"]
        case .expire: ["s3:PutLifecycleConfiguration"]
        case .version: ["s3:PutBucketVersioning"]
        }
    }

    /// The ARN of what is protected.
    func resource(_ policies: BucketPolicies) -> String {
        switch self {
        case .replace, .delete, .tag: policies.objects
        case .expire, .version: policies.bucket
        }
    }

    /// The condition of the denial; nil if there is none. A request without `If-None-Match` may replace an object.
    var condition: JSON? {
        switch self {
        case .replace: ["Null": ["s3:if-none-match": "true"]]
        case .delete, .tag, .expire, .version: nil
        }
    }

    /// The denial, for people.
    var inWords: String {
        switch self {
        case .replace: "objects are created without If-None-Match, which replaces those that exist"
        case .delete: "objects are deleted"
        case .tag: "objects get tags, by which a lifecycle rule may delete them"
        case .expire: "a lifecycle rule is set"
        case .version: "versioning is changed"
        }
    }

    func statement(_ policies: BucketPolicies) -> JSON {
        var statement: JSONObject = [
            "Sid": .string(rawValue), "Effect": "Deny", "Principal": "*", "Action": JSON(actions),
            "Resource": .string(resource(policies)),
        ]
        statement["Condition"] = condition
        return .object(statement)
    }
}
