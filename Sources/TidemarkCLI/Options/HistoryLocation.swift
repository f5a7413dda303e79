import AWSClient
import Tidemark
import TidemarkAWS
import TidemarkKinds
import TidemarkS3
import TidemarkShared

/// The place of a history: a file, or a bucket.
struct HistoryLocation: Sendable {
    /// The file or the address of the bucket, as it is typed.
    let name: String
    /// The file to read: the history, or the local copy of the one in the bucket.
    let file: String
    /// The bucket; nil for a history in a file.
    let bucket: HistoryBucket?

    private static let scheme = "s3://"

    /// Whether a name is the address of a bucket.
    static func isBucket(_ name: String) -> Bool { name.hasPrefix(scheme) }

    /// - Throws: `Failure` with the code `invalid` for an address without a bucket, and for a file that is outside the work tree.
    init(_ name: String) throws(Failure) {
        guard Self.isBucket(name) else {
            try NamedFile.typed(name).checkPath()
            (self.name, file, bucket) = (name, name, nil)
            return
        }
        let address = try HistoryBucket(name.dropFirst(Self.scheme.count), typed: name)
        self.name = Self.scheme + [address.bucket, address.prefix].filter { !$0.isEmpty }.joined(separator: "/")
        file = try Console.cache().replica(of: self.name)
        bucket = address
    }

    /// The history in the bucket; nil for a history in a file.
    func shared() throws -> SharedHistory? {
        guard let bucket else { return nil }
        try SystemLimits.walk.check()
        let settings: AWSSettings
        do {
            settings = try AWSSettings(Console.variables, profile: nil)
        } catch {
            throw Failure(.invalid, error.message)
        }
        guard let region = settings.region, !region.isEmpty else {
            throw Failure(
                .invalid, "no region for '\(name.printable)'", why: "none was named", remedy: "set AWS_REGION")
        }
        let client = AWSClient(
            settings, region: region, transport: CurlTransport(settings.transport),
            userAgent: "tidemark/\(Version.current)", logger: Console.logger)
        return SharedHistory(
            S3Objects(client, bucket: bucket.bucket), prefix: bucket.prefix, address: name, cache: try Console.cache(),
            images: KindRegistry.all.images)
    }
}

/// A bucket, and the part that all keys of a history in it begin with.
struct HistoryBucket: Sendable {
    let bucket: String
    /// Empty for none.
    let prefix: String

    init(_ text: Substring, typed: String) throws(Failure) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        bucket = String(parts[0])
        prefix = parts.dropFirst().filter { !$0.isEmpty }.joined(separator: "/")
        guard !bucket.isEmpty, bucket.utf8.allSatisfy(Self.isAllowed), !prefix.isEmpty || parts.count < 3 else {
            throw Failure(
                .invalid, "'\(typed.printable)' cannot be used", why: "it names no bucket",
                remedy: "write s3://BUCKET/PREFIX")
        }
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
