import StrictJSON

/// One AWS operation with its parameters, asked during the walk.
public struct Question: Hashable, Sendable, CustomStringConvertible {
    /// The service and the operation by AWS's names: `rds`, `DescribeDBInstances`.
    public let service: String
    public let operation: String
    /// In the names and shape of boto3.
    public let parameters: JSONObject

    public init(service: String, operation: String, parameters: JSONObject) {
        self.service = service
        self.operation = operation
        self.parameters = parameters
    }

    /// The permission it needs, in IAM's spelling: `rds:DescribeDBInstances`.
    public var action: String { "\(service):\(operation)" }

    public var description: String { "\(action) \(JSON.object(parameters).canonical)" }

    public var json: JSON { [.string(service), .string(operation), .object(parameters)] }

    public init?(json: JSON) {
        guard let members = json.array, members.count == 3, let service = members[0].string,
            let operation = members[1].string, let parameters = members[2].object
        else { return nil }
        self.init(service: service, operation: operation, parameters: parameters)
    }
}
