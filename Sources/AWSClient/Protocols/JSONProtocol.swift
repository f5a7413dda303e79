import AWSShapes
import StrictJSON

/// AWS's JSON protocol: an object goes out, an object comes back, and a header names the operation.
///
/// Source: Smithy, "AWS JSON 1.1 protocol", and botocore's `JSONSerializer` and `JSONParser`.
struct JSONProtocol: WireProtocol {
    func request(for call: WireCall) throws(AWSError) -> WireRequest {
        guard let version = call.service.jsonVersion, let target = call.service.targetPrefix else {
            throw AWSError(reason: .invalid, message: "the wire table has no JSON target of \(call.service.name)")
        }
        var body = JSON.object(call.parameters)
        if let input = call.operation.input {
            var encoder = JSONEncoder(call.service)
            body = try encoder.encode(body, .shape(input), name: call.operation.name)
        } else if let name = call.parameters.keys.first {
            throw AWSError(reason: .invalid, message: "\(call.operation.name) takes no parameter '\(name)'")
        }
        return WireRequest(
            method: "POST", path: "/",
            headers: [
                HTTPHeader("Content-Type", "application/x-amz-json-\(version)"),
                HTTPHeader("X-Amz-Target", "\(target).\(call.operation.name)"),
            ],
            body: Array(body.canonical.utf8))
    }

    func answer(in response: HTTPResponse, to call: WireCall) throws(AWSError) -> JSON {
        guard call.operation.output != nil || !response.body.isEmpty else { return .object(JSONObject()) }
        let body: JSON
        do {
            body = try JSON(parsing: response.body)
        } catch {
            throw AWSError(reason: .malformed, status: response.status, message: "the answer is not JSON: \(error)")
        }
        guard body.object != nil else {
            throw AWSError(reason: .malformed, status: response.status, message: "the answer is no JSON object")
        }
        guard let output = call.operation.output else { return body }
        var decoder = JSONDecoder(call.service)
        return try decoder.decode(body, .shape(output), name: output)
    }

    func error(in response: HTTPResponse) -> ServiceError? { ServiceError(inJSON: response) }
}

/// Holds parameters against the shape of an input, and writes times as the wire has them.
private struct JSONEncoder {
    private var shapes: WireShapes

    init(_ service: WireService) { shapes = WireShapes(service) }

    mutating func encode(_ value: JSON, _ type: WireType, name: String) throws(AWSError) -> JSON {
        switch (type, value) {
        case (.shape(let shape), _): return try encode(value, try shapes.shape(named: shape), name: name)
        case (.string, .string), (.blob, .string), (.policy, .string), (.boolean, .bool), (.float, .number):
            return value
        case (.integer, .number(let number)) where Int64(number.lexeme) != nil: return value
        case (.timestamp(let format), .string(let text)):
            guard let time = UTCTime(parsing: text) else { throw mismatch(name) }
            let format = format.flatMap { TimestampFormat(rawValue: $0) } ?? .unixTimestamp
            return format == .unixTimestamp ? time.epochSeconds : .string(time.text(format))
        default: throw mismatch(name)
        }
    }

    private mutating func encode(_ value: JSON, _ shape: WireShape, name: String) throws(AWSError) -> JSON {
        switch (shape, value) {
        case (.structure(let structure), .object(let object)):
            var members: [JSONObject.Member] = []
            for (key, value) in object.members {
                guard let member = structure.member(named: key) else {
                    throw AWSError(reason: .invalid, message: "\(name) takes no parameter '\(key)'")
                }
                members.append((member.input, try encode(value, member.type, name: "\(name).\(key)")))
            }
            return .object(JSONObject(distinct: members))
        case (.list(let element, _, _), .array(let values)):
            var encoded: [JSON] = []
            for value in values { encoded.append(try encode(value, element, name: name)) }
            return .array(encoded)
        case (.map(_, let type, _, _, _), .object(let object)):
            var members: [JSONObject.Member] = []
            for (key, value) in object.members { members.append((key, try encode(value, type, name: name))) }
            return .object(JSONObject(distinct: members))
        default: throw mismatch(name)
        }
    }

    private func mismatch(_ name: String) -> AWSError {
        AWSError(reason: .invalid, message: "\(name) has a value of the wrong type")
    }
}

/// Reads an answer into the names and the shape that boto3 gives.
///
/// What the table does not know is kept as it is, unless it has the name of a member that is called otherwise on the wire.
/// A member of a structure that is null is absent; null in a list or a map is a value. Numbers stay as they were written.
///
/// A scalar of another type than the table says is kept as it was answered, as boto3 does: of an answer that is otherwise
/// whole, everything else would be lost with it. Times are an exception, since all of them have one form here.
private struct JSONDecoder {
    private var shapes: WireShapes

    init(_ service: WireService) { shapes = WireShapes(service) }

    /// - Parameter name: What to call the value in an error; from the table, never from the answer.
    mutating func decode(_ value: JSON, _ type: WireType, name: String) throws(AWSError) -> JSON {
        switch (type, value) {
        case (.shape(let shape), _): return try decode(value, try shapes.shape(named: shape), name: name)
        case (.blob, .string), (.policy, .string): return value
        case (.string, _) where value.isScalar, (.boolean, _) where value.isScalar, (.integer, _) where value.isScalar,
            (.float, _) where value.isScalar:
            return value
        case (.timestamp, .number), (.timestamp, .string):
            guard let time = value.scalarText.flatMap({ UTCTime(parsing: $0) }) else { throw malformed(name) }
            return .string(time.description)
        default: throw malformed(name)
        }
    }

    private mutating func decode(_ value: JSON, _ shape: WireShape, name: String) throws(AWSError) -> JSON {
        switch (shape, value) {
        case (.structure(let structure), .object(let object)):
            var members: [JSONObject.Member] = []
            for (key, value) in object.members where value != .null {
                if let member = structure.member(receivedAs: key) {
                    members.append((member.name, try decode(value, member.type, name: member.name)))
                } else if structure.member(named: key) == nil {
                    members.append((key, value))
                }
            }
            return .object(JSONObject(members))
        case (.list(let element, _, _), .array(let values)):
            var decoded: [JSON] = []
            decoded.reserveCapacity(values.count)
            for value in values { decoded.append(value == .null ? value : try decode(value, element, name: name)) }
            return .array(decoded)
        case (.map(_, let type, _, _, _), .object(let object)):
            var members: [JSONObject.Member] = []
            for (key, value) in object.members {
                members.append((key, value == .null ? value : try decode(value, type, name: name)))
            }
            return .object(JSONObject(distinct: members))
        default: throw malformed(name)
        }
    }

    private func malformed(_ name: String) -> AWSError {
        AWSError(reason: .malformed, message: "\(name) in the answer has a malformed value")
    }
}

extension JSON {
    /// Whether it is a text, a number or a truth value.
    fileprivate var isScalar: Bool {
        switch self {
        case .string, .number, .bool: true
        case .null, .array, .object: false
        }
    }

    /// A number or a text as it was written.
    fileprivate var scalarText: String? {
        switch self {
        case .string(let text): text
        case .number(let number): number.lexeme
        default: nil
        }
    }
}

extension UTCTime {
    /// Seconds since 1970, with a fraction only if there is one.
    fileprivate var epochSeconds: JSON {
        let (seconds, rest) = (milliseconds / 1000, milliseconds % 1000)
        guard rest != 0 else { return JSON(seconds) }
        return JSONNumber((Double(milliseconds) / 1000).description).map(JSON.number) ?? JSON(seconds)
    }
}
