/// A path into a description: `Endpoint.Port`, `OptionSettings[aws:ec2:vpc/Subnets].Value`.
///
/// Elements of a keyed list are addressed by their key, never by an index.
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

    /// Creates a path from its steps.
    public init(_ steps: [Step] = []) { self.steps = steps }

    /// A path from its spelling, or nil for an empty step or a bracket that does not close.
    ///
    /// `tag:NAME` is one step, whatever the name contains.
    public init?(_ text: String) {
        if text.hasPrefix(Self.tagPrefix), text.count > Self.tagPrefix.count {
            steps = [.member(text)]
            return
        }
        var steps: [Step] = []
        var rest = text[...]
        while !rest.isEmpty {
            if rest.first == "[" {
                guard let end = rest.firstIndex(of: "]") else { return nil }
                let key = rest[rest.index(after: rest.startIndex)..<end]
                guard !key.isEmpty, !steps.isEmpty else { return nil }
                steps.append(.key(String(key)))
                rest = rest[rest.index(after: end)...]
            } else {
                if !steps.isEmpty {
                    guard rest.first == "." else { return nil }
                    rest = rest.dropFirst()
                }
                let name = rest.prefix { $0 != "." && $0 != "[" }
                guard !name.isEmpty else { return nil }
                steps.append(.member(String(name)))
                rest = rest[name.endIndex...]
            }
        }
        guard !steps.isEmpty else { return nil }
        self.steps = steps
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

    package func appending(_ step: Step) -> AttributePath { AttributePath(steps + [step]) }

    /// The beginning of a tag's spelling.
    static let tagPrefix = "tag:"

    /// The name of the tag that the path addresses, or nil for any other attribute.
    var tagName: String? {
        guard case .member(let text)? = steps.first, text.hasPrefix(Self.tagPrefix) else { return nil }
        return String(text.dropFirst(Self.tagPrefix.count))
    }
}
