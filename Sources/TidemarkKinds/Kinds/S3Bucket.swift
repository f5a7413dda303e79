import StrictJSON
import Tidemark

extension Kind {
    package static let s3Bucket = Kind(rawValue: "s3.bucket")
}

extension KindDefinition {
    /// A bucket of any region; its identity is the name.
    ///
    /// If a bucket does not have an optional part, such as a policy or tags, AWS answers with an error of its own.
    ///
    /// Source: <https://docs.aws.amazon.com/AmazonS3/latest/API/API_Operations_Amazon_Simple_Storage_Service.html>.
    static let s3Bucket = KindDefinition(
        .s3Bucket, decoder: 3,
        questions: [
            // Not HeadBucket: an answer to HEAD has no body, so its errors have no code.
            bucketQuestion("location", "GetBucketLocation", FacetDefinition(Snapshot.description, at: "")),
            bucketQuestion(
                "encryption", "GetBucketEncryption", absent: ["ServerSideEncryptionConfigurationNotFoundError"],
                FacetDefinition(
                    "ServerSideEncryptionConfiguration", at: "ServerSideEncryptionConfiguration")),
            bucketQuestion(
                "public-access-block", "GetPublicAccessBlock", absent: ["NoSuchPublicAccessBlockConfiguration"],
                FacetDefinition("PublicAccessBlockConfiguration", at: "PublicAccessBlockConfiguration")),
            bucketQuestion(
                "policy", "GetBucketPolicy", absent: ["NoSuchBucketPolicy"],
                FacetDefinition(
                    "Policy", at: "Policy", isDocument: true, policies: [""],
                    lists: ["Statement": .keyed(by: ["Sid"])])),
            bucketQuestion(
                "policy-status", "GetBucketPolicyStatus", absent: ["NoSuchBucketPolicy"],
                FacetDefinition("PolicyStatus", at: "PolicyStatus")),
            bucketQuestion(
                "acl", "GetBucketAcl",
                // AWS shows these names in some regions only, and has begun to leave them out.
                FacetDefinition("Grants", at: "Grants", volatile: ["[].Grantee.DisplayName"])),
            bucketQuestion(
                "ownership", "GetBucketOwnershipControls", absent: ["OwnershipControlsNotFoundError"],
                FacetDefinition("OwnershipControls", at: "OwnershipControls")),
            bucketQuestion("versioning", "GetBucketVersioning", FacetDefinition("VersioningConfiguration", at: "")),
            bucketQuestion(
                "lifecycle", "GetBucketLifecycleConfiguration", absent: ["NoSuchLifecycleConfiguration"],
                FacetDefinition("LifecycleConfiguration", at: "", lists: ["Rules": .keyed(by: ["ID"])])),
            bucketQuestion(
                "cors", "GetBucketCors", absent: ["NoSuchCORSConfiguration"],
                // The first rule that matches a request counts.
                FacetDefinition("CORSConfiguration", at: "", lists: ["CORSRules": .ordered])),
            bucketQuestion(
                "tags", "GetBucketTagging", absent: ["NoSuchTagSet"],
                FacetDefinition("TagSet", at: "TagSet", lists: ["": .keyed(by: ["Key"])])),
        ],
        facts: [
            FactDefinition(
                "region",
                "The region it lies in; from LocationConstraint, which us-east-1 and old buckets spell otherwise.",
                shape: .scalar, summarizing: "LocationConstraint", compute: region),
            FactDefinition(
                "public-access",
                "Who gets in without credentials: 'blocked' where all four settings of the bucket's block are on, 'none', "
                    + "'by policy', 'by acl', or 'by policy and acl'; from PublicAccessBlockConfiguration, PolicyStatus, "
                    + "Grants and OwnershipControls. The account's own block is not considered.",
                shape: .scalar, compute: PublicAccess.text),
            FactDefinition(
                "encryption",
                "How objects are encrypted at rest: 'AES256', or 'aws:kms' with its key; from "
                    + "ServerSideEncryptionConfiguration.", shape: .scalar, compute: encryption),
        ])

    private static func bucketQuestion(
        _ name: String, _ operation: String, absent: Set<String> = [], _ facet: FacetDefinition
    ) -> QuestionDefinition {
        QuestionDefinition(
            name, "s3", operation, ["Bucket": "${identity}"], scope: "arn:${partition}:s3:::${identity}",
            absent: absent.union(["NoSuchBucket"]), facets: [facet])
    }

    /// Source: <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketLocation.html>.
    private static func region(_ reader: inout FactReader) -> JSON? {
        guard let location = reader.facet(Snapshot.description)?["LocationConstraint"] else { return nil }
        return switch location {
        case .null: "us-east-1"
        case "EU": "eu-west-1"
        default: location
        }
    }

    private static func encryption(_ reader: inout FactReader) -> JSON? {
        let rules = reader.facet("ServerSideEncryptionConfiguration")?.elements("Rules") ?? []
        let rule = rules.lazy.compactMap { $0["ApplyServerSideEncryptionByDefault"] }.first
        return rule?["SSEAlgorithm"]?.string.map { algorithm in
            .string([algorithm, rule?["KMSMasterKeyID"]?.string].compactMap(\.self).joined(separator: " "))
        }
    }
}

/// The access to a bucket without credentials.
///
/// Source: "Blocking public access to your Amazon S3 storage" and "The meaning of 'public'" in the Amazon S3 User Guide,
/// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html>.
private enum PublicAccess {
    private static let settings = ["BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets"]

    /// The grantees for everyone, and for everyone with an AWS account.
    private static let groups: Set = [
        "http://acs.amazonaws.com/groups/global/AllUsers",
        "http://acs.amazonaws.com/groups/global/AuthenticatedUsers",
    ]

    static func text(_ reader: inout FactReader) -> JSON? {
        let block = reader.facet("PublicAccessBlockConfiguration")
        if settings.allSatisfy({ block?[$0] == true }) { return "blocked" }
        let grants = [
            isOpenByPolicy(block, &reader) ? "policy" : nil, isOpenByACL(block, &reader) ? "acl" : nil,
        ].compactMap(\.self)
        return grants.isEmpty ? "none" : .string("by " + grants.joined(separator: " and "))
    }

    private static func isOpenByPolicy(_ block: JSON?, _ reader: inout FactReader) -> Bool {
        block?["RestrictPublicBuckets"] != true && reader.facet("PolicyStatus")?["IsPublic"] == true
    }

    private static func isOpenByACL(_ block: JSON?, _ reader: inout FactReader) -> Bool {
        if block?["IgnorePublicAcls"] == true { return false }
        // Access control lists have no effect then.
        let rules = reader.facet("OwnershipControls")?.elements("Rules") ?? []
        if rules.contains(where: { $0["ObjectOwnership"] == "BucketOwnerEnforced" }) { return false }
        let grants = reader.facet("Grants")?.array ?? []
        return grants.contains { $0["Grantee"]?["URI"]?.string.map(groups.contains) == true }
    }
}
