import AWSShapes
import StrictJSON

/// AWS's JSON protocol: request and response are objects, and a header names the operation.
///
/// Source: Smithy, "AWS JSON 1.1 protocol", and botocore's `JSONSerializer` and `JSONParser`.
struct JSONProtocol: WireProtocol {
    func request(for call: WireCall) throws(AWSError) -> WireRequest {
        guard let version = call.service.jsonVersion, let target = call.service.targetPrefix else {
            throw AWSError(reason: .invalid, message: "the wire table has no JSON target for \(call.service.name)")
        }
        var body = JSON.object(call.parameters)
        if let input = call.operation.input {
            var mapper = JSONMapper(.request, call.service)
            body = try mapper.map(body, .shape(input), name: call.operation.name)
        } else if let name = call.parameters.keys.first {
            throw AWSError(reason: .invalid, message: "\(call.operation.name) takes no parameter '\(name)'")
        }
        return WireRequest(
            method: "POST", path: "/",
            headers: [
                HTTPHeader("Content-Type", "application/x-amz-json-\(version)"),
                HTTPHeader("X-Amz-Target", "\(target).\(call.operation.name)"),
            ],
            body: Array(body.canonical.utf8))
    }

    func answer(in response: HTTPResponse, to call: WireCall) throws(AWSError) -> JSON {
        guard call.operation.output != nil || !response.body.isEmpty else { return .object(JSONObject()) }
        let body: JSON
        do {
            body = try JSON(parsing: response.body)
        } catch {
            throw AWSError(reason: .malformed, status: response.status, message: "the answer is not JSON: \(error)")
        }
        guard body.object != nil else {
            throw AWSError(reason: .malformed, status: response.status, message: "the answer is not a JSON object")
        }
        guard let output = call.operation.output else { return body }
        var mapper = JSONMapper(.answer, call.service)
        return try mapper.map(body, .shape(output), name: output)
    }

    func error(in response: HTTPResponse) -> ServiceError? { ServiceError(inJSON: response) }
}
