import AWSShapes
import StrictJSON

/// The REST protocol of S3: an operation is a method and a path, its parameters are in the path, the query and the
/// headers, and the response is XML.
///
/// Source: Smithy, "AWS restXml protocol", and botocore's `RestXMLSerializer` and `RestXMLParser`.
struct RESTXMLProtocol: WireProtocol {
    func request(for call: WireCall) throws(AWSError) -> WireRequest {
        try RESTEncoder.request(for: ObjectKeyEncoding.requestEncoding(in: call))
    }

    func answer(in response: HTTPResponse, to call: WireCall) throws(AWSError) -> JSON {
        guard let output = call.operation.output else { return .object(JSONObject()) }
        var shapes = WireShapes(call.service)
        guard case .structure(let structure) = try shapes.shape(named: output) else {
            throw AWSError(reason: .invalid, message: "the wire table has no structure '\(output)'")
        }
        let headers = try RESTHeaders.members(of: response, structure)
        let body = try body(of: response, to: call, output, structure)
        return .object(ObjectKeyEncoding.decode(JSONObject(distinct: headers + body), of: call))
    }

    private func body(
        of response: HTTPResponse, to call: WireCall, _ output: String, _ structure: WireStructure
    ) throws(AWSError) -> [JSONObject.Member] {
        if let payload = call.operation.payload.flatMap({ structure.member(named: $0) }) {
            return try self.payload(payload, of: response, to: call)
        }
        // Without a root name the output has no members in the body.
        guard let name = call.operation.root else { return [] }
        let root = try root(of: response, named: name)
        if let member = call.operation.unwrapped {
            guard root.children.isEmpty else {
                throw AWSError(
                    reason: .malformed, message: "\(name) in the answer has elements where a text is expected")
            }
            return [(member, root.text.isEmpty ? .null : .string(root.text))]
        }
        var decoder = XMLDecoder(call.service)
        return try decoder.output(root, as: output).object?.members ?? []
    }

    /// The member that is the whole body. Bytes are not part of the value but `AWSAnswer.payload`.
    private func payload(
        _ member: WireStructure.Member, of response: HTTPResponse, to call: WireCall
    ) throws(AWSError) -> [JSONObject.Member] {
        switch member.type {
        case .blob: return []
        case .shape(let shape):
            // S3 and its imitations can answer another operation than the one that was called.
            let root = try root(of: response, named: call.operation.root ?? member.output)
            var decoder = XMLDecoder(call.service)
            return [(member.name, try decoder.output(root, as: shape))]
        default:
            guard let text = String(validating: response.body, as: UTF8.self) else {
                throw AWSError(reason: .malformed, status: response.status, message: "the answer is not UTF-8")
            }
            return [(member.name, .string(text))]
        }
    }

    /// Parses the body. S3 starts an answer before all of it exists, so a body that cannot be parsed is truncated, and
    /// another attempt may succeed. botocore treats it as HTTP status 500 (`_handle_200_error`), but takes an empty
    /// body for an empty element. Here that would read as a bucket without settings although nothing was seen.
    private func root(of response: HTTPResponse, named name: String) throws(AWSError) -> XMLElement {
        try XMLDecoder.root(of: response, named: name, unreadable: .unavailable)
    }

    /// Reads `<Error><Code/><Message/></Error>`, within `<ErrorResponse>` or not.
    ///
    /// An answer to `HEAD` has no body; its status is the code, as in boto3.
    func error(in response: HTTPResponse) -> ServiceError? {
        if response.body.isEmpty, (300..<500).contains(response.status) {
            return ServiceError(
                code: "\(response.status)", message: "HTTP status \(response.status) without a body",
                bucketRegion: response.header("x-amz-bucket-region"))
        }
        var error = errorBehindSuccess(in: response) ?? DamagedError.error(inXML: response)
        if let region = response.header("x-amz-bucket-region") { error?.bucketRegion = region }
        return error
    }

    /// The error in a response with status 200: S3 can send the status before it knows that the operation fails.
    func errorBehindSuccess(in response: HTTPResponse) -> ServiceError? {
        guard let root = try? XMLReader.read(response.body, skipsDocumentType: true),
            let element = root.name == "Error" ? root : root.child("Error"), var error = ServiceError(element)
        else { return nil }
        error.bucketRegion = element.child("Region")?.text
        return error
    }
}

/// Reads the members of an answer that are sent as headers.
private enum RESTHeaders {
    static func members(of response: HTTPResponse, _ output: WireStructure) throws(AWSError) -> [JSONObject.Member] {
        var members: [JSONObject.Member] = []
        for member in output.members(at: .header) {
            guard let text = response.header(member.output) else { continue }
            guard let value = XMLScalar.value(text, member.type) else {
                throw AWSError(reason: .malformed, message: "\(member.name) in the answer has a malformed value")
            }
            members.append((member.name, value))
        }
        return members + output.members(at: .headers).map { ($0.name, map(of: response, prefix: $0.output)) }
    }

    private static func map(of response: HTTPResponse, prefix: String) -> JSON {
        let named = response.headers.filter { $0.name.lowercased().hasPrefix(prefix.lowercased()) }
        return .object(JSONObject(named.map { (String($0.name.dropFirst(prefix.count)), .string($0.value)) }))
    }
}
