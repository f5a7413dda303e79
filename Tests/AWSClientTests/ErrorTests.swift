import StrictJSON
import Testing

@testable import AWSClient

@Suite(.timeLimit(.minutes(10))) struct ErrorTests {
    private func error(_ status: Int, _ body: String, _ request: AWSRequest = .whoAmI) async -> AWSError? {
        await AWSClient.stub { _ in .success(HTTPResponse(status: status, body: Array(body.utf8))) }.failure(request)
    }

    @Test(arguments: [
        ("AccessDenied", 403, AWSError.Kind.denied), ("AccessDeniedException", 400, .denied),
        ("UnauthorizedOperation", 403, .denied), ("Client.UnauthorizedOperation", 403, .denied),
        ("Throttling", 400, .throttled), ("RequestLimitExceeded", 503, .throttled), ("SlowDown", 503, .throttled),
        ("ExpiredToken", 403, .credentials), ("InvalidClientTokenId", 403, .credentials),
        ("SignatureDoesNotMatch", 403, .credentials), ("UnrecognizedClientException", 400, .credentials),
        ("RequestExpired", 400, .credentials), ("AuthFailure", 401, .credentials),
        ("InternalFailure", 500, .unavailable), ("ServiceUnavailable", 503, .unavailable),
        ("DBInstanceNotFound", 404, .rejected), ("NoSuchEntity", 404, .rejected),
        ("LimitExceededException", 400, .rejected), ("InvalidParameterValue", 400, .rejected),
    ])
    func `an error code has its kind`(_ code: String, _ status: Int, _ kind: AWSError.Kind) async {
        let expected = AWSError(kind: kind, code: code, status: status, message: "a message")
        #expect(await error(status, Answers.error(code)) == expected)
        #expect(await error(status, Answers.ec2Error(code), .subnets) == expected)
    }

    @Test(arguments: [
        (500, "<html><body>secret</body></html>", AWSError.Kind.unavailable), (502, "", .unavailable),
        (404, "secret", .malformed), (301, "", .malformed), (429, "", .throttled),
        (403, "<Error><Secret>secret</Secret></Error>", .malformed),
        (403, "<ErrorResponse><Error><Code>Access", .malformed),
    ])
    func `an error without a code of AWS's shows nothing of its body`(
        _ status: Int, _ body: String, _ kind: AWSError.Kind
    ) async {
        let expected = AWSError(kind: kind, status: status, message: "HTTP status \(status) without an AWS error")
        #expect(await error(status, body) == expected)
    }

    @Test
    func `of a message only the first line is kept, without the canonical request that SignatureDoesNotMatch adds`()
        async
    {
        let message = """
            The request signature we calculated does not match the signature you provided.

            The Canonical String for this request should have been
            'POST
            x-amz-security-token:session/token+value=='
            """
        let found = await error(403, Answers.error("SignatureDoesNotMatch", message))
        #expect(found?.kind == .credentials)
        #expect(found?.message == "The request signature we calculated does not match the signature you provided.")
    }

    @Test func `credentials in a message are scrubbed, percent-encoded ones too`() async {
        let secret = Credentials.test.secretAccessKey
        let token = Credentials.test.sessionToken ?? ""
        let message = "key \(secret), token \(token)\u{301}, again \(PercentEncoding.encode(token))"
        let found = await error(400, Answers.error("Odd", message))
        #expect(found?.message == "key REDACTED, token REDACTED\u{301}, again REDACTED")
    }

    @Test func `a placeholder for a credential leaves messages alone`() {
        let scrubber = Scrubber(Credentials(accessKeyID: "test", secretAccessKey: "RED", sessionToken: ""))
        #expect(scrubber("REDACTED by request") == "REDACTED by request")
    }

    @Test func `a credential that would be cut in two is scrubbed first`() async {
        let message = String(repeating: "x", count: 290) + Credentials.test.secretAccessKey
        let found = await error(400, Answers.error("Odd", message))
        #expect(found?.message == String(repeating: "x", count: 290) + "REDACTED")
    }

    @Test func `control characters and what turns text around are stripped`() async {
        let found = await error(400, Answers.error("Odd", "a\tb&#x7F;c&#x202E;d&#x85;e"))
        #expect(found?.message == "abcd")
    }

    @Test func `a message is not cut off within a word`() {
        let message = Scrubber(nil)(String(repeating: "x ", count: 145) + "https://user:password@host")
        #expect(message == String(repeating: "x ", count: 144) + "x")
    }

    @Test func `a message has at most 300 characters`() async {
        let found = await error(400, Answers.error("Odd", String(repeating: "é", count: 5000)))
        #expect(found?.message.count == 300)
    }

    @Test func `a code is made fit for a line as well`() async {
        let found = await error(400, Answers.error("Odd\nCode", ""))
        #expect(found?.code == "Odd")
    }

    @Test func `nothing of a malformed answer is shown`() async {
        for body in ["<a>hunter2</b>", "hunter2", Answers.query("Hunter2", ""), "<Hunter2Response/>"] {
            let found = await error(200, body)
            #expect(found?.kind == .malformed)
            #expect(found.map { "\($0)".lowercased().contains("hunter2") } == false)
        }
        let wrongType = Answers.ec2(
            "DescribeSubnets",
            "<subnetSet><item><availableIpAddressCount>hunter2</availableIpAddressCount></item></subnetSet>")
        let found = await error(200, wrongType, .subnets)
        #expect(found?.message == "AvailableIpAddressCount in the answer has a malformed value")
    }

    @Test func `an element that stands twice and is not a list is malformed`() async {
        let twice = Answers.query("GetCallerIdentity", "<Account>1</Account><Account>2</Account>")
        #expect(
            await error(200, twice)
                == AWSError(kind: .malformed, message: "Account in the answer stands more than once"))
    }

    @Test func `an answer that nests too deep to be read again is malformed`() async {
        func nested(_ depth: Int) -> String {
            // Two of a name are a list in an object: two levels for one of XML.
            let (open, close) = ("<a><b/><b>", "</b></a>")
            let content = String(repeating: open, count: depth) + String(repeating: close, count: depth)
            return Answers.ec2("DescribeSubnets", content)
        }
        #expect(await error(200, nested(40), .subnets) == nil)
        let found = await error(200, nested(43), .subnets)
        #expect(found?.kind == .malformed)
        #expect(found?.message == "the answer nests deeper than 128 levels")
    }

    @Test(arguments: [
        (TransportError.Reason.connection, AWSError.Kind.unavailable), (.timeout, .unavailable),
        (.certificate(.expired), .certificate(.expired)), (.truncated, .unavailable), (.tooLarge, .malformed),
        (.invalid, .invalid),
        (.cancelled, .cancelled),
    ])
    func `a failed transfer has its kind`(_ reason: TransportError.Reason, _ kind: AWSError.Kind) async {
        let client = AWSClient.stub { _ in .failure(TransportError(reason, "what\nhappened")) }
        let message = reason == .timeout ? "timed out: no whole answer in 2 s and 3 attempts" : "what"
        #expect(await client.failure(.whoAmI) == AWSError(kind: kind, message: message))
    }
}
