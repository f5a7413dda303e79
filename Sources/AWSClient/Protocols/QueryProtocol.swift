import StrictJSON

/// AWS's Query protocol: the request is a form, the response is XML with the output inside `<DescribeThingsResult>`.
///
/// Source: Smithy, "AWS query protocol", and botocore's `QuerySerializer` and `QueryParser`.
struct QueryProtocol: WireProtocol {
    func request(for call: WireCall) throws(AWSError) -> WireRequest {
        try FormEncoder.request(for: call, lists: .query)
    }

    func answer(in response: HTTPResponse, to call: WireCall) throws(AWSError) -> JSON {
        let root = try XMLDecoder.root(of: response, named: "\(call.operation.name)Response")
        guard let output = call.operation.output else { return .object(JSONObject()) }
        var decoder = XMLDecoder(call.service)
        guard let wrapper = call.operation.wrapper else {
            return try decoder.output(root, as: output, without: ["ResponseMetadata"])
        }
        guard let result = root.child(wrapper) else {
            throw AWSError(reason: .malformed, message: "the answer has no \(wrapper)")
        }
        return try decoder.output(result, as: output)
    }

    /// Reads `<ErrorResponse><Error><Code/><Message/></Error></ErrorResponse>`.
    func error(in response: HTTPResponse) -> ServiceError? {
        guard let root = try? XMLReader.read(response.body, skipsDocumentType: true) else {
            return DamagedError.error(inXML: response)
        }
        return ServiceError(root.child("Error") ?? root.child("Errors")?.child("Error"))
    }
}
