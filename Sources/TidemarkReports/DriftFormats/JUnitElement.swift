/// An XML element with its content.
struct JUnitElement {
    let name: String
    let attributes: [(String, String)]
    let text: String
    let children: [JUnitElement]

    init(_ name: String, _ attributes: [(String, String)], text: String = "", _ children: [JUnitElement] = []) {
        self.name = name
        self.attributes = attributes
        self.text = text
        self.children = children
    }

    /// The element as lines.
    func lines(indent: String = "") -> [String] {
        let pairs = attributes.map { " \($0.0)=\"\(XMLText.escaped($0.1, inAttribute: true))\"" }.joined()
        if !text.isEmpty {
            return ["\(indent)<\(name)\(pairs)>\(XMLText.escaped(text, inAttribute: false))</\(name)>"]
        }
        if children.isEmpty { return ["\(indent)<\(name)\(pairs)/>"] }
        return ["\(indent)<\(name)\(pairs)>"] + children.flatMap { $0.lines(indent: indent + "  ") }
            + ["\(indent)</\(name)>"]
    }
}
