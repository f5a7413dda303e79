import StrictJSON
import Testing

@testable import AWSClient

@Suite(.timeLimit(.minutes(10))) struct ErrorTests {
    private func failure(_ status: Int, _ body: String, _ request: AWSRequest = .whoAmI) async -> AWSError? {
        await AWSClient.stub { _ in .success(HTTPResponse(status: status, body: Array(body.utf8))) }.failure(request)
    }

    @Test(arguments: [
        ("AccessDenied", 403, AWSError.Reason.denied), ("AccessDeniedException", 400, .denied),
        ("UnauthorizedOperation", 403, .denied), ("Client.UnauthorizedOperation", 403, .denied),
        ("Throttling", 400, .throttled), ("RequestLimitExceeded", 503, .throttled), ("SlowDown", 503, .throttled),
        ("ExpiredToken", 403, .credentials), ("InvalidClientTokenId", 403, .credentials),
        ("SignatureDoesNotMatch", 403, .credentials), ("UnrecognizedClientException", 400, .credentials),
        ("RequestExpired", 400, .credentials), ("AuthFailure", 401, .credentials),
        ("InternalFailure", 500, .unavailable), ("ServiceUnavailable", 503, .unavailable),
        ("DBInstanceNotFound", 404, .rejected), ("NoSuchEntity", 404, .rejected),
        ("LimitExceededException", 400, .rejected), ("InvalidParameterValue", 400, .rejected),
    ])
    func `an error code determines the reason`(_ code: String, _ status: Int, _ reason: AWSError.Reason) async {
        let expected = AWSError(reason: reason, code: code, status: status, message: "a message")
        #expect(await failure(status, Answers.error(code)) == expected)
        #expect(await failure(status, Answers.ec2Error(code), .subnets) == expected)
    }

    @Test(arguments: [
        (500, "<html><body>secret</body></html>", AWSError.Reason.unavailable), (502, "", .unavailable),
        (404, "secret", .malformed), (301, "", .malformed), (429, "", .throttled),
        (403, "<Error><Secret>secret</Secret></Error>", .malformed),
        (403, "<ErrorResponse><Error><Code>Access", .malformed),
    ])
    func `an error without an AWS code quotes nothing of its body`(
        _ status: Int, _ body: String, _ reason: AWSError.Reason
    ) async {
        let expected = AWSError(reason: reason, status: status, message: "HTTP status \(status) without an AWS error")
        #expect(await failure(status, body) == expected)
    }

    @Test
    func `only the first line of a message is kept, without the canonical request that SignatureDoesNotMatch adds`()
        async
    {
        let message = """
            The request signature we calculated does not match the signature you provided.

            The Canonical String for this request should have been
            'POST
            x-amz-security-token:session/token+value=='
            """
        let error = await failure(403, Answers.error("SignatureDoesNotMatch", message))
        #expect(error?.reason == .credentials)
        #expect(error?.message == "The request signature we calculated does not match the signature you provided.")
    }

    @Test func `credentials in a message are scrubbed, percent-encoded ones too`() async {
        let secret = Credentials.test.secretAccessKey
        let token = Credentials.test.sessionToken ?? ""
        let message = "key \(secret), token \(token)\u{301}, again \(PercentEncoding.encode(token))"
        let error = await failure(400, Answers.error("Odd", message))
        #expect(error?.message == "key REDACTED, token REDACTED\u{301}, again REDACTED")
    }

    @Test func `a placeholder for a credential is not scrubbed`() {
        let scrubber = Scrubber(Credentials(accessKeyID: "test", secretAccessKey: "RED", sessionToken: ""))
        #expect(scrubber("REDACTED by request") == "REDACTED by request")
    }

    @Test func `credentials are scrubbed before the message is shortened`() async {
        let message = String(repeating: "x", count: 290) + Credentials.test.secretAccessKey
        let error = await failure(400, Answers.error("Odd", message))
        #expect(error?.message == String(repeating: "x", count: 290) + "REDACTED")
    }

    @Test func `control characters and bidirectional marks are stripped`() async {
        let error = await failure(400, Answers.error("Odd", "a\tb&#x7F;c&#x202E;d&#x85;e"))
        #expect(error?.message == "abcd")
    }

    @Test func `a message is shortened at a space`() {
        let message = Scrubber(nil)(String(repeating: "x ", count: 145) + "https://user:password@host")
        #expect(message == String(repeating: "x ", count: 144) + "x")
    }

    @Test func `a message has at most 300 characters`() async {
        let error = await failure(400, Answers.error("Odd", String(repeating: "é", count: 5000)))
        #expect(error?.message.count == 300)
    }

    @Test func `an error code is scrubbed to one line`() async {
        let error = await failure(400, Answers.error("Odd\nCode", ""))
        #expect(error?.code == "Odd")
    }

    @Test func `an error quotes nothing of a malformed answer`() async {
        for body in ["<a>hunter2</b>", "hunter2", Answers.query("Hunter2", ""), "<Hunter2Response/>"] {
            let error = await failure(200, body)
            #expect(error?.reason == .malformed)
            #expect(error.map { "\($0)".lowercased().contains("hunter2") } == false)
        }
        let wrongType = Answers.ec2(
            "DescribeSubnets",
            "<subnetSet><item><availableIpAddressCount>hunter2</availableIpAddressCount></item></subnetSet>")
        let error = await failure(200, wrongType, .subnets)
        #expect(error?.message == "AvailableIpAddressCount in the answer has a malformed value")
    }

    @Test func `a repeated element that is not a list is malformed`() async {
        let twice = Answers.query("GetCallerIdentity", "<Account>1</Account><Account>2</Account>")
        #expect(
            await failure(200, twice)
                == AWSError(reason: .malformed, message: "Account in the answer appears more than once"))
    }

    @Test func `an answer that nests too deep is malformed`() async {
        func nested(_ depth: Int) -> String {
            // Two elements of one name become a list in an object: two levels of JSON for one of XML.
            let (open, close) = ("<a><b/><b>", "</b></a>")
            let content = String(repeating: open, count: depth) + String(repeating: close, count: depth)
            return Answers.ec2("DescribeSubnets", content)
        }
        #expect(await failure(200, nested(40), .subnets) == nil)
        let error = await failure(200, nested(43), .subnets)
        #expect(error?.reason == .malformed)
        #expect(error?.message == "the answer nests deeper than 128 levels")
    }

    @Test(arguments: [
        (TransportError.Reason.connection, AWSError.Reason.unavailable), (.timeout, .unavailable),
        (.certificate(.expired), .certificate(.expired)), (.truncated, .unavailable), (.tooLarge, .malformed),
        (.invalid, .invalid),
        (.cancelled, .cancelled),
    ])
    func `a failed transfer determines the reason`(_ transfer: TransportError.Reason, _ reason: AWSError.Reason) async {
        let client = AWSClient.stub { _ in .failure(TransportError(transfer, "what\nhappened")) }
        let message = transfer == .timeout ? "timed out: no whole answer in 2 s and 3 attempts" : "what"
        #expect(await client.failure(.whoAmI) == AWSError(reason: reason, message: message))
    }
}
