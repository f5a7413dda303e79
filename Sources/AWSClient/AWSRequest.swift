import StrictJSON

/// An AWS operation to call, with its parameters.
public struct AWSRequest: Sendable, Hashable {
    /// The service by boto3's name: `rds`, `ec2`, `sts`, `elasticbeanstalk`.
    public let service: String
    /// The operation by the name in the API reference: `DescribeDBInstances`.
    public let operation: String
    /// The parameters, in boto3's names and shapes.
    public let parameters: JSONObject
    /// The region to call, or nil for the client's own.
    public let region: String?

    /// Creates a request.
    /// - Parameter parameters: The parameters in boto3's names and shapes.
    public init(service: String, operation: String, parameters: JSONObject = JSONObject(), region: String? = nil) {
        self.service = service
        self.operation = operation
        self.parameters = parameters
        self.region = region
    }
}
