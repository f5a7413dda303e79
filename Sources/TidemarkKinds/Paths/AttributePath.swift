/// A path into a description: `Endpoint.Port`, `OptionSettings[aws:ec2:vpc/Subnets].Value`.
///
/// Elements of a keyed list are addressed by their key, never by an index. A reference of a baseline in a step, `${database.Port}`,
/// belongs to that step whatever it contains.
public struct AttributePath: Hashable, Sendable, CustomStringConvertible {
    /// One step of a path.
    public enum Step: Hashable, Sendable {
        /// A member of a map: `Endpoint`.
        case member(String)
        /// The element of a keyed list with that key: `[aws:ec2:vpc/Subnets]`.
        case key(String)

        /// A key in a keyed list is spelled as a member within a map.
        package var name: String {
            switch self {
            case .member(let name), .key(let name): name
            }
        }
    }

    /// The steps, from the resource on.
    public let steps: [Step]
    /// The steps as the baseline states them, where it has references.
    private let writtenSteps: [Step]?

    /// Creates a path from its steps.
    public init(_ steps: [Step] = []) { self.init(steps, writtenSteps: nil) }

    private init(_ steps: [Step], writtenSteps: [Step]?) {
        self.steps = steps
        self.writtenSteps = writtenSteps
    }

    /// The path as the baseline states it, with its references. It does not change with their values.
    public var written: AttributePath { AttributePath(writtenSteps ?? steps) }

    /// The path with other names of its steps, which it is written without.
    package func renamed(_ names: [String]) -> AttributePath {
        let renamed = zip(steps, names).map { step, name -> Step in
            switch step {
            case .key: .key(name)
            case .member: .member(name)
            }
        }
        return AttributePath(renamed, writtenSteps: renamed == steps ? writtenSteps : writtenSteps ?? steps)
    }

    /// A path from its spelling, or nil for an empty step or a bracket that does not close.
    ///
    /// `tag:NAME` is one step, whatever the name contains.
    public init?(_ text: String) {
        if text.hasPrefix(Self.tagPrefix), text.count > Self.tagPrefix.count {
            self.init([.member(text)])
            return
        }
        var steps: [Step] = []
        var rest = text[...]
        while !rest.isEmpty {
            if rest.first == "[" {
                guard let end = Self.firstIndex(of: "]", in: rest) else { return nil }
                let key = rest[rest.index(after: rest.startIndex)..<end]
                guard !key.isEmpty, !steps.isEmpty else { return nil }
                steps.append(.key(String(key)))
                rest = rest[rest.index(after: end)...]
            } else {
                if !steps.isEmpty {
                    guard rest.first == "." else { return nil }
                    rest = rest.dropFirst()
                }
                let name = rest[..<(Self.firstIndex(of: ".", "[", in: rest) ?? rest.endIndex)]
                guard !name.isEmpty else { return nil }
                steps.append(.member(String(name)))
                rest = rest[name.endIndex...]
            }
        }
        guard !steps.isEmpty else { return nil }
        self.init(steps)
    }

    /// The first of some characters outside references; nil without one.
    private static func firstIndex(of ends: Character..., in text: Substring) -> Substring.Index? {
        var rest = text
        while let index = rest.firstIndex(where: { ends.contains($0) || $0 == "$" }) {
            if rest[index] != "$" { return index }
            rest = rest[index...]
            let end = rest.hasPrefix("${") ? rest.firstIndex(of: "}") ?? index : index
            rest = rest[rest.index(after: end)...]
        }
        return nil
    }

    /// The spelling that `init(_:)` parses.
    public var description: String {
        steps.reduce(into: "") { text, step in
            switch step {
            case .member(let name): text += text.isEmpty ? name : ".\(name)"
            case .key(let key): text += "[\(key)]"
            }
        }
    }

    /// The name of the first step: the attribute that contains the rest of the path.
    package var firstName: String? { steps.first?.name }

    /// The name of the only step; nil for a longer path.
    package var onlyName: String? { steps.count == 1 ? firstName : nil }

    package func appending(_ step: Step) -> AttributePath {
        AttributePath(steps + [step], writtenSteps: writtenSteps.map { $0 + [step] })
    }

    /// The beginning of a tag's spelling.
    static let tagPrefix = "tag:"

    /// The name of the tag that the path addresses, or nil for any other attribute.
    var tagName: String? {
        guard case .member(let text)? = steps.first, text.hasPrefix(Self.tagPrefix) else { return nil }
        return String(text.dropFirst(Self.tagPrefix.count))
    }
}
