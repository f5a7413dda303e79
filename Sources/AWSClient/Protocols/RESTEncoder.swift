import AWSShapes
import StrictJSON

/// Encodes parameters into the path, the query and the headers of a REST request.
struct RESTEncoder {
    private var shapes: WireShapes
    private var labels: [String: String] = [:]
    private var query: [(name: String, value: String)] = []
    private var headers: [HTTPHeader] = []

    private init(_ service: WireService) { shapes = WireShapes(service) }

    static func request(for call: WireCall) throws(AWSError) -> WireRequest {
        guard let address = call.operation.address, let input = call.operation.input else {
            throw AWSError(reason: .invalid, message: "the wire table has no address for \(call.operation.name)")
        }
        var encoder = RESTEncoder(call.service)
        guard case .structure(let structure) = try encoder.shapes.shape(named: input) else {
            throw AWSError(reason: .invalid, message: "the wire table has no structure '\(input)'")
        }
        for (key, value) in call.parameters.members {
            let name = "\(call.operation.name).\(key)"
            guard let member = structure.member(named: key) else {
                throw AWSError(reason: .invalid, message: "\(call.operation.name) takes no parameter '\(key)'")
            }
            try encoder.encode(value, member, name: name)
        }
        let pairs = encoder.query.map { "\(PercentEncoding.encode($0.name))=\(PercentEncoding.encode($0.value))" }
        return WireRequest(
            method: address.method, path: try encoder.path(address.path, of: call.operation.name),
            query: ([address.query].compactMap(\.self) + pairs).joined(separator: "&"), headers: encoder.headers,
            body: call.sentPayload)
    }

    private mutating func encode(
        _ value: JSON, _ member: WireStructure.Member, name: String
    ) throws(AWSError) {
        switch member.location {
        case .path: labels[member.input] = try texts(value, member.type, .iso8601, name).joined()
        case .query:
            for text in try texts(value, member.type, .iso8601, name) { query.append((member.input, text)) }
        case .header:
            let texts = try texts(value, member.type, .rfc822, name)
            let isList = if case .array = value { true } else { false }
            let text = isList ? texts.map(Self.quoted).joined(separator: ",") : texts.joined()
            if !text.isEmpty || !isList { headers.append(HTTPHeader(member.input, text)) }
        case .headers, .attribute, .body:
            throw AWSError(
                reason: .invalid, message: "\(name) cannot be sent: parameters in the body are not supported")
        }
    }

    /// The text of a scalar, or one text for each element of a list.
    private mutating func texts(
        _ value: JSON, _ type: WireType, _ format: TimestampFormat, _ name: String
    ) throws(AWSError) -> [String] {
        if case .shape(let shape) = type, case .list(let element, _, _) = try shapes.shape(named: shape),
            case .array(let values) = value
        {
            var all: [String] = []
            for value in values { all += try texts(value, element, format, name) }
            return all
        }
        guard let text = type.text(of: value, format) else {
            throw AWSError(reason: .invalid, message: "\(name) has a value of the wrong type")
        }
        return [text]
    }

    /// An element of a list in a header: in quotes if it contains a separator.
    private static func quoted(_ element: String) -> String {
        guard element.contains(",") || element.contains("\"") else { return element }
        return "\"\(element.replacing("\"", with: "\\\""))\""
    }

    /// The path with its labels replaced. An empty label is refused: it would address something else, such as the
    /// bucket instead of an object.
    private func path(_ template: String, of operation: String) throws(AWSError) -> String {
        var segments: [String] = []
        for segment in template.split(separator: "/") {
            guard segment.hasPrefix("{"), segment.hasSuffix("}") else {
                segments.append(String(segment))
                continue
            }
            let isGreedy = segment.hasSuffix("+}")
            let label = String(segment.dropFirst().dropLast(isGreedy ? 2 : 1))
            guard let value = labels[label], !value.isEmpty else {
                throw AWSError(reason: .invalid, message: "\(operation) needs a value for '\(label)'")
            }
            segments.append(PercentEncoding.encode(value, keeping: isGreedy ? "/" : nil))
        }
        return segments.map { "/\($0)" }.joined()
    }
}
