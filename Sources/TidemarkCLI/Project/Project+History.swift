extension Project {
    /// The settings for the history: its place, and how a bucket is called.
    struct History: Sendable, Hashable {
        /// A file, relative to the project's folder, or `s3://BUCKET/PREFIX`.
        let url: String
        /// The access to the bucket; it has no setting for a file.
        var access = BucketAccess()
    }

    /// The settings for calling the history's bucket. They are apart from those of the environments: the bucket may be in another
    /// account, or in another store than S3.
    struct BucketAccess: Sendable, Hashable {
        /// The profile in the AWS configuration.
        var profile: String?
        /// The ARN of the role to assume.
        var role: String?
        var region: String?
        /// The URL of another store's S3 API.
        var endpoint: String?
        /// The id of the account that must own the bucket.
        var owner: String?
        /// The key of KMS with which the store encrypts the objects.
        var kmsKey: String?

        /// The settings by their keys in the project's file.
        static var keys: [(key: String, setting: WritableKeyPath<BucketAccess, String?> & Sendable)] {
            [
                ("profile", \.profile), ("role", \.role), ("region", \.region), ("endpoint", \.endpoint),
                ("owner", \.owner), ("kms-key", \.kmsKey),
            ]
        }
    }
}
