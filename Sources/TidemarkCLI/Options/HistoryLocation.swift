import AWSClient
import HistoryFiles
import Tidemark
import TidemarkAWS
import TidemarkHistory
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

    /// Whether a name is the address of a bucket.
    static func isBucket(_ name: String) -> Bool { name.hasPrefix(HistoryBucket.scheme) }

    /// - Parameter configured: The project's settings for its history. They are those of its bucket and of no other one.
    /// - Throws: `Failure` with the code `invalid` for an address without a bucket, and for a file that is outside the work tree.
    init(_ name: String, _ configured: Project.History? = nil) throws(Failure) {
        guard Self.isBucket(name) || !name.contains("://") else {
            throw Failure(
                .invalid, "the address of the history cannot be used",
                why: "it is neither a file nor an address in a bucket",
                remedy: "name a file, or write s3://BUCKET/PREFIX")
        }
        guard Self.isBucket(name) else {
            try NamedFile.typed(name).checkPath()
            (self.name, file, bucket) = (name, name, nil)
            return
        }
        var address = try HistoryBucket(name)
        if let configured, try address.isSame(as: configured.url) { address.access = configured.access }
        self.name = address.name
        file = try Console.cache().replica(of: self.name)
        bucket = address
    }

    /// The size of the file; 0 if there is none.
    var bytes: Int { FileStatus(file)?.size ?? 0 }

    /// The history in the bucket; nil for a history in a file.
    func shared() throws -> SharedHistory? {
        guard let bucket else { return nil }
        return SharedHistory(
            S3Objects(
                try bucket.client(), bucket: bucket.bucket, owner: bucket.access.owner, kmsKey: bucket.access.kmsKey),
            prefix: bucket.prefix, address: name, cache: try Console.cache(), images: KindRegistry.all.images)
    }
}
