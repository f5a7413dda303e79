import StrictJSON

/// EC2's variant of the Query protocol: lists are flat, names are capitalised, and the root element itself is the
/// output.
///
/// Source: Smithy, "AWS EC2 query protocol", and botocore's `EC2Serializer` and `EC2QueryParser`.
struct EC2Protocol: WireProtocol {
    func request(for call: WireCall) throws(AWSError) -> WireRequest {
        try FormEncoder.request(for: call, lists: .ec2)
    }

    func answer(in response: HTTPResponse, to call: WireCall) throws(AWSError) -> JSON {
        let root = try XMLDecoder.root(of: response, named: "\(call.operation.name)Response")
        guard let output = call.operation.output else { return .object(JSONObject()) }
        var decoder = XMLDecoder(call.service)
        return try decoder.output(root, as: output, without: ["requestId"])
    }

    /// Reads `<Response><Errors><Error><Code/><Message/></Error></Errors></Response>`.
    func error(in response: HTTPResponse) -> ServiceError? {
        QueryProtocol().error(in: response)
    }
}
