import AWSShapes
import StrictJSON

/// An operation and what to ask it.
struct WireCall: Sendable {
    let service: WireService
    let operation: WireOperation
    var parameters: JSONObject

    init(_ service: WireService, _ operation: WireOperation, _ parameters: JSONObject) {
        self.service = service
        self.operation = operation
        self.parameters = parameters
    }

    /// The call that `request` means.
    /// - Throws: Of kind `invalid`, for a service or an operation that the wire table does not have.
    init(_ request: AWSRequest) throws(AWSError) {
        guard let service = WireTable.service(named: request.service) else {
            throw AWSError(kind: .invalid, message: "unknown service '\(request.service)'")
        }
        guard let operation = service.operation(named: request.operation) else {
            throw AWSError(
                kind: .invalid, message: "unknown operation '\(request.operation)' of \(request.service)")
        }
        self.init(service, operation, request.parameters)
    }
}

/// The parts of an HTTP request that a protocol decides about.
struct WireRequest: Sendable, Hashable {
    var method: String
    /// Percent-encoded, beginning with a slash; empty for that of the endpoint.
    var path: String
    /// Percent-encoded, without the question mark.
    var query = ""
    var headers: [HTTPHeader]
    var body: [UInt8]
}

/// An error as AWS words it.
struct ServiceError: Sendable, Hashable {
    let code: String
    let message: String
    /// Where a bucket lies, if AWS says so.
    var bucketRegion: String?
}

/// How requests are written and answers are read. Each protocol is one type in one file.
protocol WireProtocol: Sendable {
    /// - Throws: Of kind `invalid`, for parameters that the operation does not take.
    func request(for call: WireCall) throws(AWSError) -> WireRequest
    /// The answer in boto3's names and shape, from a response of status 2xx.
    /// - Throws: Of kind `malformed`.
    func answer(in response: HTTPResponse, to call: WireCall) throws(AWSError) -> JSON
    /// The error in a response of any other status, or nil where there is none to read.
    func error(in response: HTTPResponse) -> ServiceError?
    /// The error in a response of status 2xx that is no answer to the operation.
    func errorBehindSuccess(in response: HTTPResponse) -> ServiceError?
}

extension WireProtocol {
    func errorBehindSuccess(in response: HTTPResponse) -> ServiceError? { nil }
}

extension WireCall {
    /// Whether the call goes to S3, which is addressed and signed in its own way.
    var isREST: Bool { service.protocolName == "rest-xml" }

    /// The bucket of S3 that is asked about.
    var bucket: String? { isREST ? parameters["Bucket"]?.string : nil }

    /// Whether the body of an answer is what was asked for: bytes, not a document.
    var hasPayload: Bool {
        guard let payload = operation.payload, let output = operation.output,
            case .structure(let structure)? = service.shape(named: output)
        else { return false }
        return structure.member(named: payload)?.type == .blob
    }

    /// The protocol of the call's service.
    func wireProtocol() throws(AWSError) -> any WireProtocol {
        switch service.protocolName {
        case "query": QueryProtocol()
        case "ec2": EC2Protocol()
        case "json": JSONProtocol()
        case "rest-xml": RESTXMLProtocol()
        default:
            throw AWSError(kind: .invalid, message: "the protocol '\(service.protocolName)' is not spoken here")
        }
    }
}
