import StrictJSON

/// One AWS operation with its parameters, asked during the walk.
public struct Question: Hashable, Sendable, CustomStringConvertible {
    /// The service and the operation by AWS's names: `rds`, `DescribeDBInstances`.
    public let service: String
    public let operation: String
    /// In the names and shape of boto3.
    public let parameters: JSONObject
    /// Where it is asked; nil for the environment's region.
    public let region: String?

    public init(service: String, operation: String, parameters: JSONObject, region: String? = nil) {
        self.service = service
        self.operation = operation
        self.parameters = parameters
        self.region = region
    }

    /// The permission it needs, in IAM's spelling: `rds:DescribeDBInstances`.
    public var action: String { Permission.action(service, operation) }

    public var description: String {
        "\(service):\(operation) \(JSON.object(parameters).canonical)" + (region.map { " in \($0)" } ?? "")
    }

    /// `[service, operation, parameters]`, and the region where it is not the environment's.
    public var json: JSON {
        .array([.string(service), .string(operation), .object(parameters)] + (region.map { [.string($0)] } ?? []))
    }

    public init?(json: JSON) {
        guard let members = json.array, 3...4 ~= members.count, let service = members[0].string,
            let operation = members[1].string, let parameters = members[2].object
        else { return nil }
        let region = members.count == 4 ? members[3].string : nil
        guard members.count == 3 || region != nil else { return nil }
        self.init(service: service, operation: operation, parameters: parameters, region: region)
    }
}
