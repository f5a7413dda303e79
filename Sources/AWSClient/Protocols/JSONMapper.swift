import AWSShapes
import StrictJSON

/// Maps a value between boto3's names and the wire's, by its shape.
///
/// A request must have the types of its shape. An answer may have more: a member that the table does not know keeps its
/// name, unless a known member that is called otherwise on the wire has that name. A null member of a structure is
/// absent; null in a list or a map is a value. Numbers keep their spelling. Like boto3, it keeps a scalar of another type
/// than the table says, because refusing it would lose the rest of the answer. Times are an exception, because all of
/// them have one form here.
struct JSONMapper {
    enum Direction { case request, answer }

    private let direction: Direction
    private var shapes: WireShapes

    init(_ direction: Direction, _ service: WireService) {
        self.direction = direction
        shapes = WireShapes(service)
    }

    /// - Parameter name: The value's name for errors, from the table and never from the answer.
    /// - Throws: `AWSError` for a value of another type, with reason `invalid` in a request and `malformed` in an answer.
    mutating func map(_ value: JSON, _ type: WireType, name: String) throws(AWSError) -> JSON {
        if case .shape(let shape) = type { return try map(value, shapes.shape(named: shape), name: name) }
        let scalar = direction == .request ? type.encoded(value) : type.decoded(value)
        guard let scalar else { throw mismatch(name) }
        return scalar
    }

    private mutating func map(_ value: JSON, _ shape: WireShape, name: String) throws(AWSError) -> JSON {
        switch (shape, value) {
        case (.structure(let structure), .object(let object)):
            var members: [JSONObject.Member] = []
            for member in object.members {
                if let mapped = try map(member, of: structure, name: name) { members.append(mapped) }
            }
            return .object(JSONObject(members))
        case (.list(let type, _, _), .array(let values)):
            var elements: [JSON] = []
            elements.reserveCapacity(values.count)
            for value in values { elements.append(try map(element: value, type, name: name)) }
            return .array(elements)
        case (.map(_, let type, _, _, _), .object(let object)):
            var members: [JSONObject.Member] = []
            for (key, value) in object.members { members.append((key, try map(element: value, type, name: name))) }
            return .object(JSONObject(distinct: members))
        default: throw mismatch(name)
        }
    }

    private mutating func map(element value: JSON, _ type: WireType, name: String) throws(AWSError) -> JSON {
        value == .null && direction == .answer ? value : try map(value, type, name: name)
    }

    private mutating func map(
        _ member: JSONObject.Member, of structure: WireStructure, name: String
    ) throws(AWSError) -> JSONObject.Member? {
        let (key, value) = member
        switch direction {
        case .request:
            guard let known = structure.member(named: key) else {
                throw AWSError(reason: .invalid, message: "\(name) takes no parameter '\(key)'")
            }
            return (known.input, try map(value, known.type, name: "\(name).\(key)"))
        case .answer:
            if value == .null { return nil }
            if let known = structure.member(receivedAs: key) {
                return (known.name, try map(value, known.type, name: known.name))
            }
            return structure.member(named: key) == nil ? member : nil
        }
    }

    private func mismatch(_ name: String) -> AWSError {
        switch direction {
        case .request: AWSError(reason: .invalid, message: "\(name) has a value of the wrong type")
        case .answer: AWSError(reason: .malformed, message: "\(name) in the answer has a malformed value")
        }
    }
}

extension WireType {
    /// The scalar as the wire requires it; nil for a value of another type.
    fileprivate func encoded(_ value: JSON) -> JSON? {
        switch (self, value) {
        case (.string, .string), (.blob, .string), (.policy, .string), (.boolean, .bool), (.float, .number):
            return value
        case (.integer, .number(let number)): return Int64(number.lexeme).map { _ in value }
        case (.timestamp(let format), .string(let text)):
            guard let time = UTCTime(parsing: text) else { return nil }
            let format = format.flatMap { TimestampFormat(rawValue: $0) } ?? .unixTimestamp
            return format == .unixTimestamp ? time.epochSeconds : .string(time.text(format))
        default: return nil
        }
    }

    /// The scalar as boto3 returns it; nil for a value that is malformed.
    fileprivate func decoded(_ value: JSON) -> JSON? {
        switch (self, value) {
        case (.blob, .string), (.policy, .string): value
        case (.string, _), (.boolean, _), (.integer, _), (.float, _): value.scalarText.map { _ in value }
        case (.timestamp, .number), (.timestamp, .string):
            value.scalarText.flatMap { UTCTime(parsing: $0) }.map { .string($0.description) }
        default: nil
        }
    }
}

extension UTCTime {
    /// Seconds since 1970, with a fraction only if it is not zero.
    fileprivate var epochSeconds: JSON {
        let (seconds, rest) = (milliseconds / 1000, milliseconds % 1000)
        guard rest != 0 else { return JSON(seconds) }
        return JSONNumber((Double(milliseconds) / 1000).description).map(JSON.number) ?? JSON(seconds)
    }
}
