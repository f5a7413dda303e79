import StrictJSON
import Testing

@testable import AWSClient

/// The client against botocore: `Vectors/generate.py` writes what botocore makes of the same bytes.
@Suite struct DifferentialTests {
    struct Vector: CustomTestStringConvertible, Sendable {
        let json: JSON
        var testDescription: String {
            ["service", "operation", "region", "case"].compactMap { json[$0]?.string }.joined(separator: " ")
        }

        func call(_ parameters: JSONObject = JSONObject()) throws -> WireCall {
            try WireCall(
                AWSRequest(
                    service: json.text("service"), operation: json.text("operation"), parameters: parameters))
        }
    }

    static let answers = Vectors.read("answers.json").map(Vector.init)
    static let requests = Vectors.read("requests.json").map(Vector.init)
    static let endpoints = Vectors.read("endpoints.json").map(Vector.init)

    @Test(arguments: answers)
    func `an answer reads as botocore reads it`(_ vector: Vector) throws {
        let call = try vector.call()
        let response = HTTPResponse(status: 200, body: Array(vector.json.text("body").utf8))
        #expect(try call.wireProtocol().answer(in: response, to: call) == vector.json["expected"])
    }

    @Test(arguments: requests.filter { $0.json["body"] != nil })
    func `a request has the body that botocore gives it`(_ vector: Vector) throws {
        let call = try vector.call(vector.json["parameters"]?.object ?? JSONObject())
        let request = try call.wireProtocol().request(for: call)
        #expect(try JSON(parsing: request.body) == vector.json["body"])
        let target = "\(call.service.targetPrefix ?? "").\(call.operation.name)"
        #expect(request.headers.contains(HTTPHeader("X-Amz-Target", target)))
    }

    @Test(arguments: requests.filter { $0.json["fields"] != nil })
    func `a request has the fields that botocore gives it`(_ vector: Vector) throws {
        let call = try vector.call(vector.json["parameters"]?.object ?? JSONObject())
        let lists: FormEncoder.Lists = call.service.protocolName == "ec2" ? .ec2 : .query
        let fields = try FormEncoder.fields(for: call, lists: lists)
        #expect(JSONObject(fields.map { ($0.name, .string($0.value)) }) == vector.json["fields"]?.object)
    }

    @Test(arguments: endpoints)
    func `a service is reached where botocore reaches it`(_ vector: Vector) throws {
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
