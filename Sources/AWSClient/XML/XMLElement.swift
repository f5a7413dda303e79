/// An element of an XML document, with its contents.
struct XMLElement: Sendable, Hashable {
    /// The local name, without the prefix of a namespace.
    var name: String
    /// The attributes as written, prefixes included, without namespace declarations.
    var attributes: [XMLAttribute] = []
    var children: [XMLElement] = []
    /// The text directly in the element, including the text between its children.
    var text = ""

    /// The first child of that name.
    func child(_ name: String) -> XMLElement? { children.first { $0.name == name } }

    /// The value of an attribute, ignoring prefixes.
    func attribute(_ name: String) -> String? {
        let local = name.split(separator: ":").last
        return attributes.first { $0.name.split(separator: ":").last == local }?.value
    }
}

struct XMLAttribute: Sendable, Hashable {
    var name: String
    var value: String
}
