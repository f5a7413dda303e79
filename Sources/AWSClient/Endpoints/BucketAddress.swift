import StrictJSON

/// How S3 is addressed: the bucket is a part of the host's name, or of the path where that cannot be.
///
/// Source: "Virtual hosting of general purpose buckets" in the Amazon S3 User Guide, and botocore's endpoint rules for
/// S3 with its default settings.
struct BucketAddress {
    private let bucket: String
    private let operation: String

    /// - Throws: Of kind `invalid`, for a call that names no bucket, or one by something else than its name.
    init(of call: WireCall) throws(AWSError) {
        guard let bucket = call.parameters["Bucket"]?.string else {
            throw AWSError(kind: .invalid, message: "\(call.operation.name) needs a value for 'Bucket'")
        }
        // As botocore has it, without the ARNs of access points: an ARN says who owns what it names.
        guard (1...255).contains(bucket.utf8.count),
            bucket.utf8.allSatisfy({ $0.isLetterOrDigit || [".", "-", "_"].contains(Unicode.Scalar($0)) }),
            bucket != ".", bucket != ".."
        else {
            throw AWSError(kind: .invalid, message: "'\(bucket.prefix(80))' is not the name of a bucket")
        }
        self.bucket = bucket
        operation = call.operation.name
    }

    /// - Parameter service: The endpoint of S3 in the region. Of one of the user's own nobody knows whether it has a name
    ///   for each bucket.
    func endpoint(_ service: Endpoint) -> Endpoint {
        var endpoint = service
        // Where a bucket lies is asked where it need not be known.
        if service.isCustom || operation == "GetBucketLocation" || !isHostLabel {
            endpoint.path += "/\(bucket)"
        } else {
            endpoint.authority = "\(bucket).\(service.authority)"
        }
        return endpoint
    }

    /// Whether the name can stand before that of S3 in a host's name, and S3's certificate covers it: without dots.
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
