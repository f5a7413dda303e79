import Testing

@testable import AWSClient

/// The code of an error outlives damage to its document, where botocore has no code any more.
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
    func `a throttled call is repeated, however its XML is damaged`(_ text: String) async {
        for request in [AWSRequest.whoAmI, .subnets, Self.bucket] {
            let error = await failure(400, Array(text.utf8), request)
            #expect(error?.kind == .throttled)
            #expect(error?.code == "Throttling")
            #expect(error?.calls == 3)
        }
    }

    @Test(arguments: [
        #"{"__type":"a#ThrottlingException","message":"x"#, #"{"__type" : "ThrottlingException",}"#,
        #"{"__type":"ThrottlingException"}{}"#, #"{"__type":"ThrottlingException","size":NaN}"#,
    ])
    func `a throttled call is repeated, however its JSON is damaged`(_ text: String) async {
        let error = await failure(400, Array(text.utf8), Self.images)
        #expect(error?.kind == .throttled)
        #expect(error?.code == "ThrottlingException")
        #expect(error?.calls == 3)
    }

    @Test func `damage never says that a resource does not exist`() async {
        for request in [AWSRequest.whoAmI, .subnets, Self.bucket] {
            let error = await failure(404, Array("<Error><Code>NoSuchEntity</Code>".utf8), request)
            #expect(error == AWSError(kind: .malformed, status: 404, message: "HTTP status 404 without an AWS error"))
        }
        let error = await failure(400, Array(#"{"__type":"RepositoryNotFoundException","#.utf8), Self.images)
        #expect(error?.code == nil)
    }

    @Test func `a document that is whole but for what stands before it is believed`() async {
        let error = "<ErrorResponse><Error><Code>NoSuchEntity</Code><Message>m</Message></Error></ErrorResponse>"
        let xml = "<!DOCTYPE ErrorResponse [<!ENTITY b \"c\">]>\(error)"
        #expect(
            await failure(404, Array(xml.utf8), .whoAmI)
                == AWSError(kind: .rejected, code: "NoSuchEntity", status: 404, message: "m"))
        let json = #"{"message":"a","message":"b\ud83d","__type":"RepositoryNotFoundException"}"#
        let found = await failure(400, Array(json.utf8), Self.images)
        #expect(found?.code == "RepositoryNotFoundException")
        #expect(found?.message == "b\u{FFFD}")
    }

    @Test func `bytes that are not UTF-8 hide no code`() async {
        let xml = Array("<ErrorResponse><Error><Code>AccessDenied</Code><Message>".utf8) + [0xFF]
        #expect(await failure(403, xml, .whoAmI)?.kind == .denied)
        let json = Array(#"{"__type":"AccessDeniedException","message":""#.utf8) + [0xFF]
        #expect(await failure(400, json, Self.images)?.kind == .denied)
    }

    @Test(arguments: [
        "<Error><Code>Access", "<Code>AccessDenied</Code><Error>", "<Error><Code>hush! hush</Code><",
        "<Error><Code></Code><",
        "<Error><Code>\(String(repeating: "x", count: 200))</Code><", #"{"__type":5,"#, #"{"__type":"hush"#,
        "\"__type\"",
    ])
    func `what is not a code is none`(_ text: String) async {
        for request in [AWSRequest.whoAmI, Self.images, Self.bucket] {
            let error = await failure(403, Array(text.utf8), request)
            #expect(error == AWSError(kind: .malformed, status: 403, message: "HTTP status 403 without an AWS error"))
        }
    }
}
