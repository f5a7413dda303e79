import StrictJSON

/// The address of a bucket: part of the host name, or of the path if the name does not allow that.
///
/// Source: "Virtual hosting of general purpose buckets" in the Amazon S3 User Guide, and botocore's endpoint rules for
/// S3 with its default settings.
struct BucketAddress {
    private let bucket: String
    private let operation: String

    /// Reads the bucket of a call.
    /// - Throws: `AWSError` with reason `invalid` if the call names no bucket, or something that is not a bucket's
    ///   name.
    init(of call: WireCall) throws(AWSError) {
        guard let bucket = call.parameters["Bucket"]?.string else {
            throw AWSError(reason: .invalid, message: "\(call.operation.name) needs a value for 'Bucket'")
        }
        // The names that botocore accepts, without the ARNs of access points: an ARN may name another account's
        // resource.
        guard (1...255).contains(bucket.utf8.count),
            bucket.utf8.allSatisfy({ $0.isLetterOrDigit || [".", "-", "_"].contains(Unicode.Scalar($0)) }),
            bucket != ".", bucket != ".."
        else {
            throw AWSError(reason: .invalid, message: "'\(bucket.prefix(80))' is not the name of a bucket")
        }
        self.bucket = bucket
        operation = call.operation.name
    }

    /// The endpoint of the bucket.
    /// - Parameter service: The endpoint of S3 in the region. A custom one may have no host name for each bucket.
    func endpoint(_ service: Endpoint) -> Endpoint {
        var endpoint = service
        // GetBucketLocation is addressed by path, because the bucket's region need not be known.
        if service.isCustom || operation == "GetBucketLocation" || !isHostLabel {
            endpoint.path += "/\(bucket)"
        } else {
            endpoint.authority = "\(bucket).\(service.authority)"
        }
        return endpoint
    }

    /// Whether the name can be a label in front of S3's host name and is covered by S3's certificate: it has no dots.
    private var isHostLabel: Bool {
        (3...63).contains(bucket.utf8.count) && bucket.first != "-" && bucket.last != "-"
            && bucket.utf8.allSatisfy { ($0.isLetterOrDigit || $0 == UInt8(ascii: "-")) && !$0.isUpperCase }
    }
}

extension UInt8 {
    fileprivate var isUpperCase: Bool { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(self) }

    fileprivate var isLetterOrDigit: Bool {
        isUpperCase || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self)
            || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self)
    }
}
