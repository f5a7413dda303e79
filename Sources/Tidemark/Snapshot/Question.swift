import StrictJSON

/// One AWS operation with its parameters, requested during a walk.
public struct Question: Hashable, Sendable, CustomStringConvertible {
    /// AWS's name of the service: `rds`.
    public let service: String
    /// AWS's name of the operation: `DescribeDBInstances`.
    public let operation: String
    /// The parameters, with the names and shapes of boto3.
    public let parameters: JSONObject
    /// The region of the request; nil for the environment's region.
    public let region: String?

    /// Creates a question.
    public init(service: String, operation: String, parameters: JSONObject, region: String? = nil) {
        self.service = service
        self.operation = operation
        self.parameters = parameters
        self.region = region
    }

    /// The IAM action that must be allowed: `rds:DescribeDBInstances`.
    public var action: String { Permission.action(service, operation) }

    /// The operation and its parameters as canonical JSON: `rds:DescribeDBInstances {…} in us-west-2`.
    public var description: String {
        "\(service):\(operation) \(JSON.object(parameters).canonical)" + (region.map { " in \($0)" } ?? "")
    }

    /// `[service, operation, parameters]`, and the region if it is not the environment's.
    package var json: JSON {
        .array([.string(service), .string(operation), .object(parameters)] + (region.map { [.string($0)] } ?? []))
    }

    package init?(json: JSON) {
        guard let members = json.array, 3...4 ~= members.count, let service = members[0].string,
            let operation = members[1].string, let parameters = members[2].object
        else { return nil }
        let region = members.count == 4 ? members[3].string : nil
        guard members.count == 3 || region != nil else { return nil }
        self.init(service: service, operation: operation, parameters: parameters, region: region)
    }
}
