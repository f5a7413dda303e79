import AWSShapes
import StrictJSON

/// Decodes an answer's elements to the names and the shape that boto3 gives.
///
/// An element that the table does not know keeps its name, unless a known member that is called otherwise on the wire
/// has that name: text becomes a string, children become an object, elements of one name become a list. A list that AWS
/// left out is absent, one without elements is empty, and an element without text is the empty string.
struct XMLDecoder {
    private var shapes: WireShapes

    init(_ service: WireService) { shapes = WireShapes(service) }

    /// Parses a response's body and returns its root element.
    /// - Parameter unreadable: The reason of the error for a body that is not XML.
    /// - Throws: `AWSError` with that reason, or with reason `malformed` for a root of another name.
    static func root(
        of response: HTTPResponse, named name: String, unreadable: AWSError.Reason = .malformed
    ) throws(AWSError) -> XMLElement {
        let root: XMLElement
        do {
            root = try XMLReader.read(response.body)
        } catch {
            throw AWSError(reason: unreadable, status: response.status, message: "the answer is not XML: \(error)")
        }
        guard root.name == name else {
            throw AWSError(
                reason: .malformed, status: response.status, message: "the answer's root element is not \(name)")
        }
        return root
    }

    /// Decodes the output.
    /// - Parameter ignored: The elements about the response, which are not part of the output.
    mutating func output(
        _ element: XMLElement, as shape: String, without ignored: Set<String> = []
    ) throws(AWSError) -> JSON {
        var element = element
        element.children.removeAll { ignored.contains($0.name) }
        return try decode([element], .shape(shape), name: shape)
    }

    /// Decodes a member.
    /// - Parameters:
    ///   - elements: The elements of one name in one parent; several are valid for a flat list or map only.
    ///   - name: The member's name for errors.
    private mutating func decode(_ elements: [XMLElement], _ type: WireType, name: String) throws(AWSError) -> JSON {
        if case .shape(let shapeName) = type {
            switch try shapes.shape(named: shapeName) {
            case .structure(let structure): return try decode(single(elements, name), structure)
            case .list(let type, _, let isFlat):
                let items = isFlat ? elements : try single(elements, name).children
                var values: [JSON] = []
                values.reserveCapacity(items.count)
                for item in items { values.append(try decode([item], type, name: name)) }
                return .array(values)
            case .map(let key, let value, let keyName, let valueName, let isFlat):
                var members: [JSONObject.Member] = []
                for entry in isFlat ? elements : try single(elements, name).children {
                    guard let keyElement = entry.child(keyName), let valueElement = entry.child(valueName),
                        case .string(let key) = try decode([keyElement], key, name: name)
                    else { throw malformed(name, "has an entry without key or value") }
                    members.append((key, try decode([valueElement], value, name: name)))
                }
                return .object(JSONObject(members))
            }
        }
        let element = try single(elements, name)
        guard element.children.isEmpty else { throw malformed(name, "has elements where a text is expected") }
        guard let value = XMLScalar.value(element.text, type) else { throw malformed(name, "has a malformed value") }
        return value
    }

    private mutating func decode(_ element: XMLElement, _ structure: WireStructure) throws(AWSError) -> JSON {
        var members: [JSONObject.Member] = []
        var unknown: [JSONObject.Member] = []
        for (name, elements) in element.children.groupedByName {
            if let member = structure.member(receivedAs: name) {
                members.append((member.name, try decode(elements, member.type, name: member.name)))
            } else if structure.member(named: name) == nil {
                unknown.append((name, Self.untyped(elements)))
            }
        }
        for member in structure.members(at: .attribute) {
            guard let text = element.attribute(member.output) else { continue }
            members.append((member.name, .string(text)))
        }
        return .object(JSONObject(distinct: members + unknown))
    }

    private static func untyped(_ elements: [XMLElement]) -> JSON {
        let values = elements.map { element -> JSON in
            if element.children.isEmpty { return .string(element.text) }
            return .object(JSONObject(distinct: element.children.groupedByName.map { ($0.name, untyped($0.elements)) }))
        }
        return values.count == 1 ? values[0] : .array(values)
    }

    private func single(_ elements: [XMLElement], _ name: String) throws(AWSError) -> XMLElement {
        guard elements.count == 1 else { throw malformed(name, "appears more than once") }
        return elements[0]
    }

    /// The error of a malformed member. Its name comes from the table, never from the answer.
    private func malformed(_ name: String, _ what: String) -> AWSError {
        AWSError(reason: .malformed, message: "\(name) in the answer \(what)")
    }
}

extension [XMLElement] {
    /// The elements by name, in the order in which the names first appear.
    fileprivate var groupedByName: [(name: String, elements: [XMLElement])] {
        var indices: [String: Int] = [:]
        var groups: [(name: String, elements: [XMLElement])] = []
        for element in self {
            if let index = indices[element.name] {
                groups[index].elements.append(element)
            } else {
                indices[element.name] = groups.count
                groups.append((element.name, [element]))
            }
        }
        return groups
    }
}
