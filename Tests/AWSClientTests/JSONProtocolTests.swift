import AWSShapes
import StrictJSON
import Testing

@testable import AWSClient

/// Cases that no service in the wire table has, with a table made for them.
@Suite struct JSONProtocolTests {
    private func call(_ type: String, _ parameters: JSONObject) throws -> WireCall {
        let table = """
            service made protocol=json version=2020-01-01 endpoint=made signing=made environment=MADE json=1.1 target=T
            operation Op
              input In
            structure In
              T \(type)
            """
        let service = try #require(WireService(table.split(separator: "\n")[...]))
        return WireCall(service, try #require(service.operation(named: "Op")), parameters)
    }

    @Test(arguments: [
        ("timestamp:rfc822", #"{"T":"Sun, 02 Jan 2000 20:34:56 GMT"}"#),
        ("timestamp:iso8601", #"{"T":"2000-01-02T20:34:56Z"}"#), ("timestamp:unixTimestamp", #"{"T":946845296}"#),
        ("timestamp", #"{"T":946845296}"#),
    ])
    func `a time is encoded in the form that the table names`(_ type: String, _ expected: String) throws {
        let request = try JSONProtocol().request(for: call(type, ["T": "2000-01-02T20:34:56Z"]))
        #expect(String(decoding: request.body, as: UTF8.self) == expected)
    }

    private func decode(_ body: String) throws -> JSON {
        let call = try WireCall(AWSRequest(service: "ecr", operation: "DescribeImages"))
        return try JSONProtocol().answer(in: HTTPResponse(status: 200, body: Array(body.utf8)), to: call)
    }

    @Test(arguments: [
        #"{"imageDetails":"x"}"#, #"{"imageDetails":{}}"#, #"{"imageDetails":[[]]}"#, #"{"imageDetails":["x"]}"#,
        #"{"imageDetails":[{"imageDigest":{}}]}"#, #"{"imageDetails":[{"imageDigest":["x"]}]}"#,
        #"{"imageDetails":[{"imagePushedAt":true}]}"#, #"{"imageDetails":[{"imagePushedAt":"soon"}]}"#,
        #"{"imageDetails":[],"imageDetails":[]}"#,
    ])
    func `an answer of another shape is malformed, stricter than boto3`(_ body: String) {
        let error = #expect(throws: AWSError.self) { try decode(body) }
        #expect(error?.reason == .malformed)
    }
}
