import AWSShapes
import StrictJSON
import Tidemark

@testable import AWSClient

/// The client's reading of a response, in every wire protocol.
///
/// The first line of an input names the operation and the status, `rds DescribeDBInstances 200`; the rest is the body.
enum AnswerTarget {
    static func check(_ input: [UInt8]) throws(BrokenProperty) -> Bool {
        let head = input.prefix { $0 != 0x0A }
        let words = String(decoding: head, as: UTF8.self).split(separator: " ").map(String.init)
        guard words.count == 3, let status = Int(words[2]), (200..<600).contains(status),
            let call = try? WireCall(AWSRequest(service: words[0], operation: words[1]))
        else { return false }
        let response = HTTPResponse(status: status, body: Array(input.dropFirst(head.count + 1)))
        switch Result(catching: { () throws(FailedAttempt) in try call.read(response, signed: time, scrubber) }) {
        case .success(let value):
            try demand((200..<300).contains(status), "an error is not an answer")
            try check(value, of: call)
        case .failure(let failed): try check(failed.error, status: status, of: call)
        }
        return true
    }

    private static let time = SigningTime(machine: UTCTime(milliseconds: 0), correction: .zero)
    private static let credentials = Credentials(
        accessKeyID: "AKIDEXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY")
    private static let scrubber = Scrubber(credentials)
}

// MARK: Properties

extension AnswerTarget {
    private static func check(_ value: JSON, of call: WireCall) throws(BrokenProperty) {
        let read = try? JSON(parsing: value.canonicalBytes)
        try demand(read == value, "an answer's canonical form reads as the same value")
        try demand(!value.isNested(beyond: WireCall.maximumDepth), "an answer is not nested too deep")
        // A text that is the whole body is null if it is empty, as S3 answers for us-east-1.
        if let member = call.operation.unwrapped, value[member] == .null { return }
        guard let output = call.operation.output else { return }
        var shapes = WireShapes(call.service)
        try check(value, .shape(output), &shapes)
        var merger = PageMerger(call.operation)
        _ = try? merger.add(value)
        try check(.object(merger.value), .shape(output), &shapes)
    }

    private static func check(_ error: AWSError, status: Int, of call: WireCall) throws(BrokenProperty) {
        for text in [error.message, error.code ?? ""] {
            try demand(text.isOneLine && text.count <= 300, "an error is one line of at most 300 characters")
            try demand(!text.contains(credentials.secretAccessKey), "no credential is in an error")
        }
        // S3 may send status 200 before it knows that the operation fails.
        guard (200..<300).contains(status), error.code == nil || !call.isREST else { return }
        // An answer of S3 that cannot be read is truncated, and may be whole another time.
        let reasons: Set<AWSError.Reason> = call.isREST ? [.malformed, .unavailable] : [.malformed]
        try demand(reasons.contains(error.reason), "what cannot be read is malformed")
        try demand(error.message.isPrintableASCII && error.code == nil, "an error shows nothing of a malformed answer")
    }

    /// Checks that the value has the shape in the wire table. Members that the table does not know may be anything, and
    /// in JSON a scalar may be of another type.
    private static func check(_ value: JSON, _ type: WireType, _ shapes: inout WireShapes) throws(BrokenProperty) {
        switch (type, value) {
        case (.string, _) where isAnyScalar(value, shapes), (.integer, _) where isAnyScalar(value, shapes),
            (.float, _) where isAnyScalar(value, shapes), (.boolean, _) where isAnyScalar(value, shapes):
            break
        case (.string, .string), (.blob, .string), (.integer, .number), (.float, .number), (.float, .string),
            (.boolean, .bool), (.policy, _):
            break
        case (.timestamp, .string(let text)):
            try demand(UTCTime(parsing: text)?.description == text, "a time reads as itself")
        case (.shape(let name), _):
            guard let shape = try? shapes.shape(named: name) else { throw BrokenProperty(description: "no \(name)") }
            try check(value, shape, name, &shapes)
        default: throw BrokenProperty(description: "a value is a \(type)")
        }
    }

    private static func check(
        _ value: JSON, _ shape: WireShape, _ name: String, _ shapes: inout WireShapes
    ) throws(BrokenProperty) {
        switch (shape, value) {
        case (.structure(let structure), .object(let object)):
            for member in object.members {
                guard let type = structure.member(named: member.key)?.type else { continue }
                try check(member.value, type, &shapes)
            }
        case (.list(let element, _, _), .array(let values)):
            for value in values where !isNull(value, shapes) { try check(value, element, &shapes) }
        case (.map(_, let type, _, _, _), .object(let object)):
            for member in object.members where !isNull(member.value, shapes) { try check(member.value, type, &shapes) }
        default: throw BrokenProperty(description: "\(name) has its shape")
        }
    }

    private static func isAnyScalar(_ value: JSON, _ shapes: WireShapes) -> Bool {
        guard shapes.service.protocolName == "json" else { return false }
        return switch value {
        case .string, .number, .bool: true
        case .null, .array, .object: false
        }
    }

    private static func isNull(_ value: JSON, _ shapes: WireShapes) -> Bool {
        value == .null && shapes.service.protocolName == "json"
    }
}
