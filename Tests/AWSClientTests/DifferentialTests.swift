import AWSShapes
import Locking
import StrictJSON
import Testing

@testable import AWSClient

/// Compares the client with botocore: `Vectors/generate.py` writes what botocore reads from and writes to the same
/// bytes.
@Suite struct DifferentialTests {
    struct Vector: CustomTestStringConvertible, Sendable {
        let json: JSON
        var testDescription: String {
            let bucket = json["parameters"]?["Bucket"]?.string
            return (["service", "operation", "region", "case", "endpoint"].map { json[$0]?.string } + [bucket])
                .compactMap(\.self).joined(separator: " ")
        }

        func request() throws -> AWSRequest {
            AWSRequest(
                service: json.text("service"), operation: json.text("operation"),
                parameters: json["parameters"]?.object ?? [:])
        }

        func call(_ parameters: JSONObject = JSONObject()) throws -> WireCall {
            try WireCall(
                AWSRequest(
                    service: json.text("service"), operation: json.text("operation"), parameters: parameters))
        }
    }

    static let answers = Vectors.read("answers.json").map(Vector.init)
    static let requests = Vectors.read("requests.json").map(Vector.init)
    static let errors = Vectors.read("errors.json").map(Vector.init)
    static let restRequests = Vectors.read("rest-requests.json").map(Vector.init)
    static let endpoints = Vectors.read("endpoints.json").map(Vector.init)

    @Test(arguments: answers)
    func `an answer decodes as with botocore`(_ vector: Vector) throws {
        let call = try vector.call()
        let headers = vector.json["headers"]?.object?.members ?? []
        let response = HTTPResponse(
            status: 200, headers: headers.map { HTTPHeader($0.key, $0.value.string ?? "") },
            body: Array(vector.json.text("body").utf8))
        #expect(try call.wireProtocol().answer(in: response, to: call) == vector.json["expected"])
    }

    @Test(arguments: errors)
    func `an error has the code that botocore reads, and as many attempts`(_ vector: Vector) async throws {
        let headers = vector.json["headers"]?.object?.members ?? []
        let status = try #require(vector.json["status"]?.integer)
        let response = HTTPResponse(
            status: Int(status), headers: headers.map { HTTPHeader($0.key, $0.value.string ?? "") },
            body: Array(vector.json.text("body").utf8))
        let client = AWSClient.stub { .success($0.method == "HEAD" ? HTTPResponse(status: 404) : response) }
        let error = await client.failure(try vector.request())
        #expect(error?.code == vector.json["expected"]?["code"]?.string)
        #expect(error.map { Int64($0.calls) } == vector.json["expected"]?["calls"]?.integer)
    }

    @Test(arguments: requests.filter { $0.json["body"] != nil })
    func `a request has the body that botocore encodes`(_ vector: Vector) throws {
        let call = try vector.call(vector.json["parameters"]?.object ?? JSONObject())
        let request = try call.wireProtocol().request(for: call)
        #expect(try JSON(parsing: request.body) == vector.json["body"])
        let target = "\(call.service.targetPrefix ?? "").\(call.operation.name)"
        #expect(request.headers.contains(HTTPHeader("X-Amz-Target", target)))
    }

    @Test(arguments: requests.filter { $0.json["fields"] != nil })
    func `a request has the fields that botocore encodes`(_ vector: Vector) throws {
        let call = try vector.call(vector.json["parameters"]?.object ?? JSONObject())
        let lists: FormEncoder.Lists = call.service.protocolName == "ec2" ? .ec2 : .query
        let fields = try FormEncoder.fields(for: call, lists: lists)
        #expect(JSONObject(fields.map { ($0.name, .string($0.value)) }) == vector.json["fields"]?.object)
    }

    @Test(arguments: restRequests)
    func `a request to S3 equals botocore's, signature included`(
        _ vector: Vector
    ) async throws {
        let payload = vector.json["payload"]?.string ?? ""
        let sent = Locked<HTTPRequest?>(nil)
        let transport = StubTransport { request in
            sent.withLock { $0 = request }
            return .failure(TransportError(.certificate(.other), "no answer"))
        }
        let client = AWSClient(
            region: vector.json.text("region"),
            credentials: Credentials(accessKeyID: "AKIDEXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG"),
            endpoints: Endpoints(["AWS_ENDPOINT_URL_S3": vector.json.text("endpoint")]), transport: transport,
            clock: TestClock().programClock())
        _ = await client.failure(
            AWSRequest(
                service: "s3", operation: vector.json.text("operation"),
                parameters: vector.json["parameters"]?.object ?? [:],
                payload: Array(payload.utf8)))
        let request = try #require(sent.withLock { $0 })
        #expect(request.method == vector.json.text("method"))
        #expect(request.url == vector.json.text("url"))
        #expect(request.body == Array(payload.utf8))
        for (name, value) in vector.json["headers"]?.object?.members ?? [] {
            #expect(request.headers.first { $0.name.lowercased() == name }?.value == value.string, "\(name)")
        }
    }

    @Test(arguments: endpoints)
    func `a service has botocore's endpoint`(_ vector: Vector) throws {
        let service = try #require(WireTable.service(named: vector.json.text("service")))
        let endpoint = try Endpoints().endpoint(of: service, region: vector.json.text("region"))
        #expect(endpoint.scheme == "https")
        #expect(endpoint.authority == vector.json.text("host"))
        #expect(endpoint.signingRegion == vector.json.text("signed"))
        #expect(service.signingName == vector.json.text("name"))
    }

    @Test func `every operation of the table is compared`() {
        let compared = Set(Self.answers.map { "\($0.json.text("service")) \($0.json.text("operation"))" })
        let known = WireTable.serviceNames.flatMap { name in
            WireTable.service(named: name)?.operationNames.map { "\(name) \($0)" } ?? []
        }
        #expect(compared == Set(known))
    }
}
