import Testing

@testable import AWSClient

/// An error's code is found in a damaged document, where botocore has no code.
@Suite(.timeLimit(.minutes(10))) struct DamagedErrorTests {
    private func failure(_ status: Int, _ body: [UInt8], _ request: AWSRequest) async -> AWSError? {
        await AWSClient.stub { _ in .success(HTTPResponse(status: status, body: body)) }.failure(request)
    }

    private static let images = AWSRequest(
        service: "ecr", operation: "DescribeImages", parameters: ["repositoryName": "r"])
    private static let bucket = AWSRequest(
        service: "s3", operation: "GetBucketAcl", parameters: ["Bucket": "antenna-media"])

    @Test(arguments: [
        "<ErrorResponse><Error><Code>Throttling</Code><Message>a", "<ErrorResponse><Error>\n<Code> Throttling </Code>",
        "<ErrorResponse><Error><Code>Throttling</Code><Message>a &nbsp; b</Message></Error></ErrorResponse>",
        "<ErrorResponse><Error><Code>Throttling</Code></Error></ErrorResponse> and more",
        "<ErrorResponse><Error><Code>Throttling</Code><Message>\u{1}</Message></Error></ErrorResponse>",
    ])
    func `a throttled call with damaged XML is retried`(_ text: String) async {
        for request in [AWSRequest.whoAmI, .subnets, Self.bucket] {
            let error = await failure(400, Array(text.utf8), request)
            #expect(error?.reason == .throttled)
            #expect(error?.code == "Throttling")
            #expect(error?.calls == 3)
        }
    }

    @Test(arguments: [
        #"{"__type":"a#ThrottlingException","message":"x"#, #"{"__type" : "ThrottlingException",}"#,
        #"{"__type":"ThrottlingException"}{}"#, #"{"__type":"ThrottlingException","size":NaN}"#,
    ])
    func `a throttled call with damaged JSON is retried`(_ text: String) async {
        let error = await failure(400, Array(text.utf8), Self.images)
        #expect(error?.reason == .throttled)
        #expect(error?.code == "ThrottlingException")
        #expect(error?.calls == 3)
    }

    @Test func `damage never says that a resource does not exist`() async {
        for request in [AWSRequest.whoAmI, .subnets, Self.bucket] {
            let error = await failure(404, Array("<Error><Code>NoSuchEntity</Code>".utf8), request)
            #expect(error == AWSError(reason: .malformed, status: 404, message: "HTTP status 404 without an AWS error"))
        }
        let error = await failure(400, Array(#"{"__type":"RepositoryNotFoundException","#.utf8), Self.images)
        #expect(error?.code == nil)
    }

    @Test func `every code is trusted if only the part before the root is unusual`() async {
        let error = "<ErrorResponse><Error><Code>NoSuchEntity</Code><Message>m</Message></Error></ErrorResponse>"
        let xml = "<!DOCTYPE ErrorResponse [<!ENTITY b \"c\">]>\(error)"
        #expect(
            await failure(404, Array(xml.utf8), .whoAmI)
                == AWSError(reason: .rejected, code: "NoSuchEntity", status: 404, message: "m"))
        let json = #"{"message":"a","message":"b\ud83d","__type":"RepositoryNotFoundException"}"#
        let error400 = await failure(400, Array(json.utf8), Self.images)
        #expect(error400?.code == "RepositoryNotFoundException")
        #expect(error400?.message == "b\u{FFFD}")
    }

    @Test func `a code is found despite malformed UTF-8`() async {
        let xml = Array("<ErrorResponse><Error><Code>AccessDenied</Code><Message>".utf8) + [0xFF]
        #expect(await failure(403, xml, .whoAmI)?.reason == .denied)
        let json = Array(#"{"__type":"AccessDeniedException","message":""#.utf8) + [0xFF]
        #expect(await failure(400, json, Self.images)?.reason == .denied)
    }

    @Test(arguments: [
        "<Error><Code>Access", "<Code>AccessDenied</Code><Error>", "<Error><Code>hush! hush</Code><",
        "<Error><Code></Code><",
        "<Error><Code>\(String(repeating: "x", count: 200))</Code><", #"{"__type":5,"#, #"{"__type":"hush"#,
        "\"__type\"",
    ])
    func `a text that is not a code is ignored`(_ text: String) async {
        for request in [AWSRequest.whoAmI, Self.images, Self.bucket] {
            let error = await failure(403, Array(text.utf8), request)
            #expect(error == AWSError(reason: .malformed, status: 403, message: "HTTP status 403 without an AWS error"))
        }
    }
}
