/// An element of an XML document, with everything in it.
struct XMLElement: Sendable, Hashable {
    /// The local name: the prefix of a namespace is cut.
    var name: String
    /// As they are written, prefixes included, without the declarations of namespaces.
    var attributes: [XMLAttribute] = []
    var children: [XMLElement] = []
    /// The text that stands directly in the element, between its children too.
    var text = ""

    /// The first child of that name.
    func child(_ name: String) -> XMLElement? { children.first { $0.name == name } }

    /// The value of the attribute of that name, whatever the prefixes of both.
    func attribute(_ name: String) -> String? {
        let local = name.split(separator: ":").last
        return attributes.first { $0.name.split(separator: ":").last == local }?.value
    }
}

struct XMLAttribute: Sendable, Hashable {
    var name: String
    var value: String
}

/// What is wrong with a document, and where: never a piece of its text, which may be secret.
struct XMLError: Error, Hashable, CustomStringConvertible {
    let reason: String
    /// The offset in bytes at which reading stopped.
    let offset: Int

    var description: String { "\(reason) at byte \(offset)" }
}
