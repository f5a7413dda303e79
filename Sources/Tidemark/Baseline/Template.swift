/// A text that refers to the resources of other expectations: `tcp 5432 from ${instance-access}`.
public struct Template: Sendable, Hashable {
    public enum Part: Sendable, Hashable {
        case text(String)
        case reference(Reference)
    }

    public let parts: [Part]
    /// Where it stands in the baseline's file.
    public let position: Position

    public init(_ parts: [Part], position: Position) {
        self.parts = parts
        self.position = position
    }

    public var references: [Reference] {
        parts.compactMap { if case .reference(let reference) = $0 { reference } else { nil } }
    }

    /// The reference that is the whole of it.
    var onlyReference: Reference? { parts.count == 1 ? references.first : nil }
}

extension Template: CustomStringConvertible {
    public var description: String {
        parts.map { part in
            switch part {
            case .text(let text): text
            case .reference(let reference): reference.description
            }
        }.joined()
    }
}

/// The resource of another expectation, or a value of it: `${database}`, `${database.Endpoint.Address}`.
public struct Reference: Sendable, Hashable, CustomStringConvertible {
    /// The other expectation's.
    public let name: String
    /// Nil for the resource's identity.
    public let path: AttributePath?

    public init(_ name: String, _ path: AttributePath? = nil) {
        self.name = name
        self.path = path
    }

    /// From what stands between the braces, or nil where that is no reference.
    init?(_ text: Substring) {
        let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        let name = parts.first?.trimmingSpaces ?? ""
        guard !name.isEmpty else { return nil }
        guard parts.count > 1 else {
            self.init(name)
            return
        }
        guard let path = AttributePath(parts[1].trimmingSpaces) else { return nil }
        self.init(name, path)
    }

    public var description: String { "${\(name)\(path.map { ".\($0)" } ?? "")}" }
}

extension Template.Part {
    /// The parts of a text; `$${` stands for `${` itself.
    /// - Throws: What is wrong with a reference.
    static func parts(of text: String) throws(TemplateError) -> [Template.Part] {
        var parts: [Template.Part] = []
        var literal = ""
        var rest = text[...]
        while let start = rest.firstRange(of: "${") {
            literal += rest[..<start.lowerBound]
            rest = rest[start.upperBound...]
            if literal.last == "$" {
                literal = literal.dropLast() + "${"
                continue
            }
            guard let end = rest.firstIndex(of: "}") else { throw TemplateError("'${' without '}'") }
            guard let reference = Reference(rest[..<end]) else {
                throw TemplateError("'${\(rest[..<end])}' is no reference: write ${name} or ${name.Attribute}")
            }
            if !literal.isEmpty { parts.append(.text(literal)) }
            parts.append(.reference(reference))
            literal = ""
            rest = rest[rest.index(after: end)...]
        }
        literal += rest
        return literal.isEmpty ? parts : parts + [.text(literal)]
    }
}

/// What is wrong with a reference.
struct TemplateError: Error {
    let message: String

    init(_ message: String) { self.message = message }
}

extension StringProtocol {
    fileprivate var trimmingSpaces: String {
        String(String(drop { $0 == " " }.reversed()).drop { $0 == " " }.reversed())
    }
}
