import StrictYAML
import TidemarkKinds

/// A text that refers to the resources of other expectations: `tcp 5432 from ${instance-access}`.
public struct Template: Sendable, Hashable {
    package enum Part: Sendable, Hashable {
        case text(String)
        case reference(ExpectationReference)
    }

    package let parts: [Part]
    /// The position of the text in the baseline's file.
    public let position: Position
    /// The number of Unicode scalars before each part in the text as written.
    let offsets: [Int]

    package init(_ parts: [Part], position: Position) {
        self.parts = parts
        self.position = position
        var length = 0
        offsets = parts.map { part in
            defer { length += part.description.unicodeScalars.count }
            return length
        }
    }

    /// Parses a text, in which `$${` is a literal `${`.
    /// - Throws: `TemplateError` for an invalid reference.
    init(reading text: String, position: Position) throws(TemplateError) {
        var reader = TemplateReader(text)
        try reader.read()
        parts = reader.parts
        offsets = reader.offsets
        self.position = position
    }

    package var references: [ExpectationReference] {
        parts.compactMap { if case .reference(let reference) = $0 { reference } else { nil } }
    }

    /// The reference if the text is only a reference, else nil.
    var onlyReference: ExpectationReference? { parts.count == 1 ? references.first : nil }

    /// More references than any sensible text has: each one multiplies the number of values.
    static let mostReferences = 10
}

extension Template: CustomStringConvertible {
    /// The text with its references as they are written.
    public var description: String { parts.map(\.description).joined() }
}

extension Template.Part: CustomStringConvertible {
    package var description: String {
        switch self {
        case .text(let text): text
        case .reference(let reference): reference.description
        }
    }
}

/// A reference to the resource of another expectation, or to a value of it: `${database}`, `${database.Endpoint.Address}`.
public struct ExpectationReference: Sendable, Hashable, CustomStringConvertible {
    /// The name of the other expectation.
    public let name: String
    /// The attribute; nil for the resource's identity.
    public let path: AttributePath?

    package init(_ name: String, _ path: AttributePath? = nil) {
        self.name = name
        self.path = path
    }

    /// Parses the text between the braces; nil if it is not a reference.
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

    /// The reference as it is written: `${database.Endpoint.Address}`.
    public var description: String { "${\(name)\(path.map { ".\($0)" } ?? "")}" }
}

/// A parser that splits a text at its references.
private struct TemplateReader {
    private let scalars: [Unicode.Scalar]
    private(set) var parts: [Template.Part] = []
    private(set) var offsets: [Int] = []
    private var references = 0
    /// The start of the literal text that is not yet a part.
    private var start = 0

    init(_ text: String) { scalars = Array(text.unicodeScalars) }

    mutating func read() throws(TemplateError) {
        var index = 0
        while let sign = scalars[index...].firstIndex(of: "$") {
            index = sign
            if reads("$${", at: index) {
                endText(at: index + 1)
                index += 3
                start = index - 1
            } else if reads("${", at: index) {
                endText(at: index)
                index = try readReference(at: index)
                start = index
            } else {
                index += 1
            }
        }
        endText(at: scalars.count)
    }

    private mutating func readReference(at index: Int) throws(TemplateError) -> Int {
        guard let end = scalars[index...].firstIndex(of: "}") else { throw TemplateError("'${' without '}'") }
        let name = text(index + 2..<end)
        guard let reference = ExpectationReference(name[...]) else {
            throw TemplateError("'${\(name)}' is not a reference: write ${name} or ${name.Attribute}")
        }
        references += 1
        guard references <= Template.mostReferences else {
            throw TemplateError("a text has at most \(Template.mostReferences) references")
        }
        append(.reference(reference), at: index)
        return end + 1
    }

    private mutating func endText(at end: Int) {
        if start < end { append(.text(text(start..<end)), at: start) }
    }

    private mutating func append(_ part: Template.Part, at offset: Int) {
        parts.append(part)
        offsets.append(offset)
    }

    private func reads(_ text: String, at index: Int) -> Bool {
        scalars[index...].starts(with: text.unicodeScalars)
    }

    private func text(_ range: Range<Int>) -> String {
        scalars[range].reduce(into: "") { $0.unicodeScalars.append($1) }
    }
}

/// The mistake in a reference.
struct TemplateError: Error {
    let message: String

    init(_ message: String) { self.message = message }
}

extension StringProtocol {
    fileprivate var trimmingSpaces: String {
        String(String(drop { $0 == " " }.reversed()).drop { $0 == " " }.reversed())
    }
}
