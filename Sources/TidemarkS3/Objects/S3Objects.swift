import AWSClient
import FoundationEssentials
import MessageDigests
import StrictJSON
import TidemarkBucket

/// A bucket of S3, or of a store that speaks its protocol, as a store of objects.
///
/// Every request is sent once: `BucketStore` decides what is sent again.
///
/// Source: "How to prevent object overwrites with conditional writes" in the Amazon S3 User Guide, and the pages of GetObject,
/// PutObject and ListObjectsV2 in the Amazon S3 API Reference.
package struct S3Objects: ObjectStore {
    private let client: AWSClient
    private let bucket: String
    private let owner: String?
    private let kmsKey: String?

    /// The time for one request. A minute of tries has at least two.
    private static let requestTime = Duration.seconds(25)

    /// - Parameters:
    ///   - client: A client with the credentials, the region and the endpoint of the bucket.
    ///   - owner: The account that must own the bucket; nil if any may.
    ///   - kmsKey: The key of KMS with which the store encrypts new objects; nil for the bucket's default.
    package init(_ client: AWSClient, bucket: String, owner: String? = nil, kmsKey: String? = nil) {
        var retries = client.retries
        retries.maximumAttempts = 1
        retries.deadline = Self.requestTime
        self.client = client.with(retries)
        self.bucket = bucket
        self.owner = owner
        self.kmsKey = kmsKey
    }

    package func read(_ key: String) async -> ReadOutcome {
        do throws(AWSError) {
            return .found(try await call("GetObject", ["Key": .string(key)]).payload)
        } catch {
            return ReadOutcome(error)
        }
    }

    package func create(_ key: String, _ bytes: [UInt8]) async -> CreateOutcome {
        var parameters: JSONObject = ["Key": .string(key), "IfNoneMatch": "*", "ContentType": "application/zlib"]
        // The signature covers the SHA-256 of the body too, which not every store verifies.
        parameters["ContentMD5"] = MD5.hash(bytes).map { .string(Data($0).base64EncodedString()) }
        if let kmsKey {
            parameters["ServerSideEncryption"] = "aws:kms"
            parameters["SSEKMSKeyId"] = .string(kmsKey)
        }
        do throws(AWSError) {
            _ = try await call("PutObject", parameters, payload: bytes)
            return .created
        } catch {
            return CreateOutcome(error)
        }
    }

    package func keys(withPrefix prefix: String, after key: String?) async -> ListOutcome {
        var parameters: JSONObject = ["Prefix": .string(prefix)]
        parameters["StartAfter"] = key.map(JSON.string)
        do throws(AWSError) {
            let answer = try await call("ListObjectsV2", parameters)
            let keys = answer.value["Contents"]?.array?.compactMap { $0["Key"]?.string } ?? []
            return .page(keys, hasMore: answer.hasMorePages)
        } catch {
            return ListOutcome(error)
        }
    }

    private func call(
        _ operation: String, _ parameters: JSONObject, payload: [UInt8] = []
    ) async throws(AWSError) -> AWSAnswer {
        var parameters = parameters
        parameters["Bucket"] = .string(bucket)
        parameters["ExpectedBucketOwner"] = owner.map(JSON.string)
        return try await client.call(
            AWSRequest(
                service: "s3", operation: operation, parameters: parameters, payload: payload, isOnePage: true))
    }
}
