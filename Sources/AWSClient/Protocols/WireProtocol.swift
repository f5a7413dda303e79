import AWSShapes
import StrictJSON

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
