import AWSShapes
import StrictJSON

/// Encodes parameters as the form fields of the Query protocols: `Filter.1.Value.2=x`.
struct FormEncoder {
    enum Lists { case query, ec2 }

    private let lists: Lists
    private var shapes: WireShapes
    private var fields: [(name: String, value: String)] = []

    private init(_ service: WireService, _ lists: Lists) {
        shapes = WireShapes(service)
        self.lists = lists
    }

    static func request(for call: WireCall, lists: Lists) throws(AWSError) -> WireRequest {
        let fields = try fields(for: call, lists: lists)
        let form = fields.map { "\(PercentEncoding.encode($0.name))=\(PercentEncoding.encode($0.value))" }
        return WireRequest(
            method: "POST", path: "/",
            headers: [HTTPHeader("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")],
            body: Array(form.joined(separator: "&").utf8))
    }

    static func fields(for call: WireCall, lists: Lists) throws(AWSError) -> [(name: String, value: String)] {
        var encoder = FormEncoder(call.service, lists)
        encoder.fields = [("Action", call.operation.name), ("Version", call.service.version)]
        if let input = call.operation.input {
            try encoder.encode(.object(call.parameters), .shape(input), at: "", name: call.operation.name)
        } else if let name = call.parameters.keys.first {
            throw AWSError(reason: .invalid, message: "\(call.operation.name) takes no parameter '\(name)'")
        }
        return encoder.fields
    }

    /// Appends the fields of a value.
    /// - Parameters:
    ///   - prefix: The field's name so far.
    ///   - name: The value's name for errors.
    private mutating func encode(_ value: JSON, _ type: WireType, at prefix: String, name: String) throws(AWSError) {
        if case .shape(let shape) = type {
            switch (try shapes.shape(named: shape), value) {
            case (.structure(let structure), .object(let object)):
                try encode(object, structure, at: prefix, name: name)
            case (.list(let element, let elementName, let isFlat), .array(let values)):
                let isDirect = isFlat || lists == .ec2
                if values.isEmpty, lists == .query { fields.append((prefix, "")) }
                for (index, value) in values.enumerated() {
                    let path = isDirect ? "\(prefix).\(index + 1)" : "\(prefix).\(elementName).\(index + 1)"
                    try encode(value, element, at: path, name: name)
                }
            case (.map(let key, let value, let keyName, let valueName, let isFlat), .object(let object)):
                for (index, member) in object.members.enumerated() {
                    let path = isFlat ? "\(prefix).\(index + 1)" : "\(prefix).entry.\(index + 1)"
                    try encode(.string(member.key), key, at: "\(path).\(keyName)", name: name)
                    try encode(member.value, value, at: "\(path).\(valueName)", name: name)
                }
            default: throw mismatch(name)
            }
        } else {
            guard let text = type.text(of: value, .iso8601) else { throw mismatch(name) }
            fields.append((prefix, text))
        }
    }

    private mutating func encode(
        _ object: JSONObject, _ structure: WireStructure, at prefix: String, name: String
    ) throws(AWSError) {
        for (key, value) in object.members {
            guard let member = structure.member(named: key) else {
                throw AWSError(reason: .invalid, message: "\(name) takes no parameter '\(key)'")
            }
            let path = prefix.isEmpty ? member.input : "\(prefix).\(member.input)"
            try encode(value, member.type, at: path, name: "\(name).\(key)")
        }
    }

    private func mismatch(_ name: String) -> AWSError {
        AWSError(reason: .invalid, message: "\(name) has a value of the wrong type")
    }
}
