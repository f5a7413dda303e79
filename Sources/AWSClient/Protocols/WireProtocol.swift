import AWSShapes
import StrictJSON

/// A call of an operation in the wire table.
struct WireCall: Sendable {
    let service: WireService
    let operation: WireOperation
    var parameters: JSONObject

    init(_ service: WireService, _ operation: WireOperation, _ parameters: JSONObject) {
        self.service = service
        self.operation = operation
        self.parameters = parameters
    }

    /// Looks the operation of a request up.
    /// - Throws: `AWSError` with reason `invalid` for a service or an operation that is not in the wire table.
    init(_ request: AWSRequest) throws(AWSError) {
        guard let service = WireTable.service(named: request.service) else {
            throw AWSError(reason: .invalid, message: "unknown service '\(request.service)'")
        }
        guard let operation = service.operation(named: request.operation) else {
            throw AWSError(
                reason: .invalid, message: "unknown operation '\(request.operation)' of \(request.service)")
        }
        self.init(service, operation, request.parameters)
    }
}

/// The parts of an HTTP request that the protocol determines.
struct WireRequest: Sendable, Hashable {
    var method: String
    /// The path, percent-encoded, with a slash in front; empty for the endpoint's own.
    var path: String
    /// The query, percent-encoded, without the question mark.
    var query = ""
    var headers: [HTTPHeader]
    var body: [UInt8]
}

/// An error with AWS's code and message.
struct ServiceError: Sendable, Hashable {
    let code: String
    let message: String
    /// The region of the bucket, if AWS names it.
    var bucketRegion: String?
}

/// Encodes requests and decodes responses. Each protocol is one type in one file.
protocol WireProtocol: Sendable {
    /// Encodes a call.
    /// - Throws: `AWSError` with reason `invalid` for parameters that the operation does not take.
    func request(for call: WireCall) throws(AWSError) -> WireRequest
    /// Decodes a response with status 2xx to boto3's names and shape.
    /// - Throws: `AWSError` with reason `malformed`.
    func answer(in response: HTTPResponse, to call: WireCall) throws(AWSError) -> JSON
    /// Reads the error in a response with any other status; nil if there is none to read.
    func error(in response: HTTPResponse) -> ServiceError?
    /// Reads the error in a response with status 2xx that is not an answer to the operation.
    func errorBehindSuccess(in response: HTTPResponse) -> ServiceError?
}

extension WireProtocol {
    func errorBehindSuccess(in response: HTTPResponse) -> ServiceError? { nil }
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
