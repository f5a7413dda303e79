import AWSClient
import Tidemark
import TidemarkReports
import TidemarkS3

/// A bucket, the part that all keys of a history in it begin with, and how it is called.
struct HistoryBucket: Sendable {
    let bucket: String
    /// Empty for none.
    let prefix: String
    var access = Project.BucketAccess()

    static let scheme = "s3://"

    /// Reads `s3://BUCKET/PREFIX`. Slashes that are doubled or at the end are left out.
    /// - Throws: `Failure` with the code `invalid` for another text.
    init(_ name: String) throws(Failure) {
        let parts = name.dropFirst(Self.scheme.count).split(separator: "/", omittingEmptySubsequences: false)
        bucket = String(parts[0])
        prefix = parts.dropFirst().filter { !$0.isEmpty }.joined(separator: "/")
        // A URL with a user may have a password.
        guard !name.contains("@") else {
            throw Failure(
                .invalid, "the address of the history cannot be used", why: "it has an '@'",
                remedy: "write s3://BUCKET/PREFIX; the credentials are those of the AWS CLI")
        }
        guard name.printable == name, !name.contains(where: \.isWhitespace) else {
            throw Self.invalid(name, "it has white space or invisible characters")
        }
        guard !bucket.isEmpty else { throw Self.invalid(name, "it names no bucket") }
        guard bucket.utf8.allSatisfy(Self.isAllowed) else {
            throw Self.invalid(
                name, "'\(bucket.printable)' is not the name of a bucket: it has lowercase letters, digits, '-' and '.'"
            )
        }
        guard !prefix.isEmpty || parts.count < 3 else { throw Self.invalid(name, "its prefix has no text") }
    }

    /// The address.
    var name: String { Self.scheme + [bucket, prefix].filter { !$0.isEmpty }.joined(separator: "/") }

    /// Whether another address names the same bucket and prefix.
    func isSame(as other: String) throws(Failure) -> Bool {
        guard HistoryLocation.isBucket(other) else { return false }
        return try HistoryBucket(other).name.isIdenticalText(to: name)
    }

    /// A client that calls the bucket's store.
    /// - Throws: `Failure` with the code `invalid` for settings that cannot be used.
    func client() throws(Failure) -> AWSClient {
        try SystemLimits.walk.check()
        var settings = try AWSSettings.read(profile: access.profile)
        if let endpoint = access.endpoint {
            settings = settings.withS3Endpoint(endpoint, from: "'endpoint' of the history")
        }
        guard let region = access.region ?? settings.region, !region.isEmpty else {
            throw Failure(
                .invalid, "no region for '\(name.printable)'", why: "none was named",
                remedy: "set AWS_REGION, or 'region' of the history in \(Project.file)")
        }
        // The race before the first entry has as many requests.
        return settings.client(region: region, role: access.role, maximumConcurrentCalls: 64)
    }

    /// The policies for the history in it.
    /// - Throws: `Failure` with the code `invalid` for settings that cannot be used.
    var policies: BucketPolicies {
        get throws(Failure) {
            let settings = try AWSSettings.read(profile: access.profile)
            let region = access.region ?? settings.region ?? ""
            return BucketPolicies(
                bucket: bucket, prefix: prefix, partition: Partition(region: region).name, kmsKey: access.kmsKey)
        }
    }

    /// The report on the settings of the bucket.
    func report() async throws -> BucketReport {
        let settings = await BucketSettings(of: bucket, owner: access.owner, by: try client())
        let safety = BucketSafety(settings, try policies, prefix: prefix, isAmazon: access.endpoint == nil)
        return BucketReport(
            name,
            safety.rows.map { BucketReport.Row(name: $0.name, text: $0.text, needsAttention: $0.needsAttention) })
    }

    private static func invalid(_ name: String, _ why: String) -> Failure {
        Failure(.invalid, "'\(name.printable)' cannot be used", why: why, remedy: "write s3://BUCKET/PREFIX")
    }

    /// Whether a byte can be in a bucket's name.
    private static func isAllowed(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
        case UInt8(ascii: "-"), UInt8(ascii: "."): true
        default: false
        }
    }
}
