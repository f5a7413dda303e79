import StrictJSON

/// A pattern of paths in a facet: `LatestRestorableTime`, `IpPermissions[].IpRanges`. `[]` stands for
/// every element of a list.
public struct AttributePattern: Hashable, Sendable, ExpressibleByStringLiteral {
    /// One step of a pattern.
    public enum Step: Hashable, Sendable {
        /// A member of a map.
        case member(String)
        /// Every element of a list.
        case elements
    }

    /// The steps, from the facet on.
    public let steps: [Step]

    /// Creates a pattern from its steps.
    public init(_ steps: [Step] = []) { self.steps = steps }

    /// Parses a pattern; empty steps are skipped.
    public init(stringLiteral text: String) {
        // By bytes: every start of the program parses the patterns of all kinds.
        steps = text.utf8.split(separator: UInt8(ascii: ".")).flatMap { part -> [Step] in
            let isList = part.suffix(2).elementsEqual("[]".utf8)
            let name = Substring(isList ? part.dropLast(2) : part)
            return (name.isEmpty ? [] : [.member(String(name))]) + (isList ? [.elements] : [])
        }
    }

    /// The pattern of a path's steps.
    package init(_ path: some Sequence<AttributePath.Step>) {
        steps = path.map { step in
            switch step {
            case .member(let name): .member(name)
            case .key: .elements
            }
        }
    }

    package func appending(_ step: Step) -> AttributePattern { AttributePattern(steps + [step]) }

    /// The inner place within the outer one.
    static func + (outer: AttributePattern, inner: AttributePattern) -> AttributePattern {
        AttributePattern(outer.steps + inner.steps)
    }
}

extension JSON {
    /// Every value at a place.
    public func values(at place: AttributePattern) -> [JSON] {
        place.steps.reduce([self]) { values, step in
            switch step {
            case .member(let name): values.compactMap { $0[name] }
            case .elements: values.flatMap { $0.array ?? [] }
            }
        }
    }
}
