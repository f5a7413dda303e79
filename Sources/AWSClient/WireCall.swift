import AWSShapes
import StrictJSON

/// A call of an operation in the wire table.
struct WireCall: Sendable {
    let service: WireService
    let operation: WireOperation
    var parameters: JSONObject
    /// The body of the request.
    let sentPayload: [UInt8]

    init(_ service: WireService, _ operation: WireOperation, _ parameters: JSONObject, payload: [UInt8] = []) {
        self.service = service
        self.operation = operation
        self.parameters = parameters
        sentPayload = payload
    }

    /// Looks the operation of a request up.
    /// - Throws: `AWSError` with reason `invalid` for a service or an operation that is not in the wire table, and for a payload
    ///   that the operation does not take.
    init(_ request: AWSRequest) throws(AWSError) {
        guard let service = WireTable.service(named: request.service) else {
            throw AWSError(reason: .invalid, message: "unknown service '\(request.service)'")
        }
        guard let operation = service.operation(named: request.operation) else {
            throw AWSError(
                reason: .invalid, message: "unknown operation '\(request.operation)' of \(request.service)")
        }
        guard operation.sends != nil || request.payload.isEmpty else {
            throw AWSError(reason: .invalid, message: "\(request.operation) takes no payload")
        }
        self.init(service, operation, request.parameters, payload: request.payload)
    }
}

extension WireCall {
    /// Whether the call goes to S3, which has its own rules for addresses and signatures.
    var isREST: Bool { service.protocolName == "rest-xml" }

    /// The bucket of a call to S3.
    var bucket: String? { isREST ? parameters["Bucket"]?.string : nil }

    /// Whether the body of an answer is the requested object, bytes instead of a document.
    var hasPayload: Bool {
        guard let payload = operation.payload, let output = operation.output,
            case .structure(let structure)? = service.shape(named: output)
        else { return false }
        return structure.member(named: payload)?.type == .blob
    }

    func wireProtocol() throws(AWSError) -> any WireProtocol {
        switch service.protocolName {
        case "query": QueryProtocol()
        case "ec2": EC2Protocol()
        case "json": JSONProtocol()
        case "rest-xml": RESTXMLProtocol()
        default:
            throw AWSError(reason: .invalid, message: "the protocol '\(service.protocolName)' is not supported")
        }
    }
}
