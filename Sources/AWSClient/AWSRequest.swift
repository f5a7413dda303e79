import StrictJSON

/// One operation to ask of AWS, with its parameters.
public struct AWSRequest: Sendable, Hashable {
    /// The name that boto3 gives the service: `rds`, `ec2`, `sts`, `elasticbeanstalk`.
    public let service: String
    /// The operation as the API reference writes it: `DescribeDBInstances`.
    public let operation: String
    /// The parameters, in boto3's names and shapes.
    public let parameters: JSONObject
    /// The region to ask, where it is not the client's own.
    public let region: String?

    public init(service: String, operation: String, parameters: JSONObject = JSONObject(), region: String? = nil) {
        self.service = service
        self.operation = operation
        self.parameters = parameters
        self.region = region
    }
}

/// What AWS answered: every page of it, merged.
public struct AWSAnswer: Sendable {
    /// The answer in the names and the shape that boto3 gives, without `ResponseMetadata` and page tokens.
    ///
    /// Timestamps are RFC 3339 in UTC, numbers are spelled as AWS spelled them, and an element that the wire table does
    /// not know is kept under its own name. Of members that are not joined across pages, the first page counts.
    public let value: JSON
    /// The bytes that boto3 gives as a stream: of `GetObject`, the object. Empty for every other operation.
    ///
    /// An object that is larger than the transport takes is an error.
    public let payload: [UInt8]
    /// How many pages there were: at least 1.
    public let pages: Int
    /// AWS's own clock when it answered the last page: the HTTP `Date` header, or nil where there was none to read.
    public let date: UTCTime?
    /// How many HTTP calls were made, repeated ones included.
    public let calls: Int
    /// The members joined across pages that some page lacks; boto3 takes each for an empty list.
    public let partial: Set<String>

    public init(
        value: JSON, payload: [UInt8] = [], pages: Int = 1, date: UTCTime? = nil, calls: Int = 1,
        partial: Set<String> = []
    ) {
        self.value = value
        self.payload = payload
        self.pages = pages
        self.date = date
        self.calls = calls
        self.partial = partial
    }
}
