import AWSClient
import StrictJSON

/// A setting of a bucket that decides whether the objects of a history stay.
///
/// Source: the pages of these operations in the Amazon S3 API Reference.
enum BucketSetting: CaseIterable {
    case versioning, objectLock, lifecycle, policy

    /// The operation that reads it.
    var operation: String {
        switch self {
        case .versioning: "GetBucketVersioning"
        case .objectLock: "GetObjectLockConfiguration"
        case .lifecycle: "GetBucketLifecycleConfiguration"
        case .policy: "GetBucketPolicy"
        }
    }

    /// The permission to read it.
    var permission: String {
        switch self {
        case .versioning: "s3:GetBucketVersioning"
        case .objectLock: "s3:GetBucketObjectLockConfiguration"
        case .lifecycle: "s3:GetLifecycleConfiguration"
        case .policy: "s3:GetBucketPolicy"
        }
    }

    /// The code of the error for a bucket that has none.
    var absent: String? {
        switch self {
        case .versioning: nil
        case .objectLock: "ObjectLockConfigurationNotFoundError"
        case .lifecycle: "NoSuchLifecycleConfiguration"
        case .policy: "NoSuchBucketPolicy"
        }
    }

    /// The name in a report.
    var name: String {
        switch self {
        case .versioning: "versioning"
        case .objectLock: "object lock"
        case .lifecycle: "lifecycle"
        case .policy: "policy"
        }
    }
}

/// The settings of a bucket, as far as they could be read.
package struct BucketSettings: Sendable {
    /// A setting, or the reason why it is unknown.
    enum Reading: Sendable, Hashable {
        case found(JSON)
        case absent
        case unseen(String)
    }

    let readings: [BucketSetting: Reading]

    init(_ readings: [BucketSetting: Reading]) { self.readings = readings }

    /// Reads the settings, each with one call.
    /// - Parameter owner: The account that must own the bucket; nil if any may.
    package init(of bucket: String, owner: String?, by client: AWSClient) async {
        var parameters: JSONObject = ["Bucket": .string(bucket)]
        parameters["ExpectedBucketOwner"] = owner.map(JSON.string)
        var readings: [BucketSetting: Reading] = [:]
        for setting in BucketSetting.allCases {
            readings[setting] = await Self.read(setting, parameters, by: client)
        }
        self.readings = readings
    }

    private static func read(
        _ setting: BucketSetting, _ parameters: JSONObject, by client: AWSClient
    ) async -> Reading {
        do throws(AWSError) {
            return .found(
                try await client.call(
                    AWSRequest(service: "s3", operation: setting.operation, parameters: parameters)
                ).value)
        } catch {
            return error.code != nil && error.code == setting.absent ? .absent : .unseen(error.description)
        }
    }
}
