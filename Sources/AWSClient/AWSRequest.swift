import StrictJSON

/// An AWS operation to call, with its parameters.
public struct AWSRequest: Sendable, Hashable {
    /// The service by boto3's name: `rds`, `ec2`, `sts`, `elasticbeanstalk`.
    public let service: String
    /// The operation by the name in the API reference: `DescribeDBInstances`.
    public let operation: String
    /// The parameters, in boto3's names and shapes.
    public let parameters: JSONObject
    /// The bytes that boto3 takes as a stream: the object for `PutObject`, empty for every other operation.
    public let payload: [UInt8]
    /// The region to call, or nil for the client's own.
    public let region: String?
    /// Whether only the first page of the answer is fetched.
    public let isOnePage: Bool
    /// The member of the answer with a presigned URL: what it names is fetched, and is the answer's payload. The URL contains a
    /// signature, so the answer does not have it. Nil if nothing is fetched.
    public let download: String?

    /// Creates a request.
    /// - Parameters:
    ///   - parameters: The parameters in boto3's names and shapes.
    ///   - payload: The object for `PutObject`.
    ///   - isOnePage: Whether only the first page of the answer is fetched.
    ///   - download: The member of the answer with a presigned URL to fetch.
    public init(
        service: String, operation: String, parameters: JSONObject = JSONObject(), payload: [UInt8] = [],
        region: String? = nil, isOnePage: Bool = false, download: String? = nil
    ) {
        self.service = service
        self.operation = operation
        self.parameters = parameters
        self.payload = payload
        self.region = region
        self.isOnePage = isOnePage
        self.download = download
    }
}
