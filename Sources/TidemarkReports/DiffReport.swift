import StrictJSON
import Tidemark
import TidemarkKinds

/// The report of `diff`: each resource that differs between two moments, and what could not be compared.
public struct DiffReport: Sendable {
    /// The differences that the report shows.
    public let diff: Diff
    private let heads: Heads
    private let remedyWords: @Sendable (Remedy) -> String

    /// Creates the report of a diff.
    /// - Parameter remedyWords: Gives the words of a remedy: a program names what its user passes.
    public init(
        _ diff: Diff, from heads: Heads = Heads(),
        remedyWords: @escaping @Sendable (Remedy) -> String = { $0.description }
    ) {
        self.remedyWords = remedyWords
        self.diff = diff
        self.heads = heads
    }

    // MARK: Text

    /// The report as text for people, on a terminal with colors.
    public func text(_ style: TextStyle = .plain) -> String {
        var text = TextLines()
        text.add("\(diff.to.environment)")
        text.add("from", diff.from.asOf, width: 6)
        text.add("to", diff.to.asOf + (diff.to.seq < diff.from.seq ? ": backwards in time" : ""), width: 6)
        for change in diff.resources { add(change, to: &text, style) }
        if !diff.rotated.isEmpty {
            text.add()
            text.add("rotated")
            for place in diff.rotated { text.add("  \(inWords(place))") }
        }
        addUnseen(to: &text)
        text.add()
        text.add(summary)
        if let hint = secretsHint { text.add("secrets", hint, width: 9, indent: 0) }
        return text.text
    }

    private func add(_ change: ResourceChange, to text: inout TextLines, _ style: TextStyle) {
        text.add()
        text.add(
            "\(style.paint(change.category.rawValue, change.category.color))  \(change.label.printable)\(remark(on: change))"
        )
        for attribute in change.facts + change.otherAttributes {
            for line in lines(attribute) { text.add("  \(line)") }
        }
    }

    private func remark(on change: ResourceChange) -> String {
        switch change.category {
        case .gone: ": no longer exists"
        case .left: ": no longer referenced"
        case .replaced: ": same name, another resource"
        case .firstSeen: ": unseen at the other moment"
        case .appeared, .changed, .returned, .reread: ""
        }
    }

    private func lines(_ attribute: AttributeChange) -> [String] {
        let path = attribute.path.description.printable
        switch attribute.change {
        case .value(nil, let new?): return ["\(path) is \(new.inWords), and was absent"]
        case .value(let old?, nil): return ["\(path) is absent, and was \(old.inWords)"]
        case .value(let old, let new):
            return ["\(path) is \(new?.inWords ?? "absent"), and was \(old?.inWords ?? "absent")"]
        case .elements(let removed, let added):
            return removed.map { "\(path) lost \($0.inWords)" } + added.map { "\(path) gained \($0.inWords)" }
        }
    }

    private func inWords(_ place: Fingerprint.Location) -> String {
        let label = diff.to.label(of: place.facet.resource)
        return "\(label) \(place.attribute)\(place.part == "value" ? "" : " \(place.part)")".printable
    }

    private func addUnseen(to text: inout TextLines) {
        let facets = diff.unseen.map { one in
            (one.at, one.reason, "\(diff.to.label(of: one.facet.resource)) \(one.facet.name)")
        }
        let unseen = facets + diff.unlisted.map { ($0.at, $0.reason, $0.members.description) }
        guard !unseen.isEmpty else { return }
        text.add()
        text.add("could not be compared")
        let groups = Dictionary(grouping: unseen) { "at \($0.0): \($0.1.reason.printable)" }
        for (reason, unseen) in groups.sorted(by: { $0.key.precedesByUTF8($1.key) }) {
            text.add("  \(reason)")
            let names = unseen.map(\.2.printable)
            for name in names.prefix(Self.listedAtMost) { text.add("    \(name)") }
            if names.count > Self.listedAtMost { text.add("    and \(names.count - Self.listedAtMost) more") }
        }
    }

    /// The number of facets and lists that are named for one reason.
    private static let listedAtMost = 20

    private var summary: String {
        let counts = ResourceChange.Category.allCases.map { kind in (kind, diff.resources.count { $0.category == kind })
        }
        var parts = counts.filter { $0.1 > 0 }.map { "\($0.1) \($0.0.rawValue)" }
        if !diff.rotated.isEmpty { parts.append("\(counted(diff.rotated.count, "secret")) rotated") }
        if parts.isEmpty { parts = [diff.isComplete ? "nothing differs" : "nothing differs in what was seen"] }
        let uncompared = uncompared(resources: diff.unseen.map(\.facet.resource), listCount: diff.unlisted.count)
        return parts.joined(separator: ", ") + uncompared
    }

    private var secretsHint: String? {
        switch diff.secrets {
        case .compared: nil
        case .withoutKey: "could not be compared: no key, no fingerprints"
        case .keyMissing:
            "could not be compared: \(diff.from.body.keyID == nil ? diff.from.seq : diff.to.seq) was recorded without a key"
        case .otherKey: "could not be compared: their fingerprints were made with different keys"
        }
    }

    // MARK: JSON

    /// The report as a JSON document; the README documents its members.
    public var json: String {
        JSONReport.document(
            "diff", from: heads,
            [
                "environment": .string(diff.to.environment.rawValue), "from": JSONReport.asOf(diff.from),
                "to": JSONReport.asOf(diff.to), "differs": .bool(!diff.isEmpty),
                "complete": .bool(diff.isComplete),
                "resources": .array(diff.resources.map(json)),
                "rotated": .array(
                    diff.rotated.map { place in
                        [
                            "facet": .string(place.facet.description), "path": .string(place.path),
                            "part": .string(place.part),
                        ]
                    }),
                "unseen": .array(
                    diff.unseen.map { one in
                        [
                            "facet": .string(one.facet.description), "seq": .init(one.at.rawValue),
                            "reason": .string(one.reason.reason), "remedy": JSON(one.reason.remedy.map(remedyWords)),
                        ]
                    }),
                "unlisted": .array(
                    diff.unlisted.map { one in
                        [
                            "members": .string(one.members.description), "seq": .init(one.at.rawValue),
                            "reason": .string(one.reason.reason), "remedy": JSON(one.reason.remedy.map(remedyWords)),
                        ]
                    }),
                "secrets": JSON(secretsHint), "secretsCompared": .bool(diff.secrets == .compared),
            ])
    }

    private func json(_ change: ResourceChange) -> JSON {
        [
            "kind": .string(change.resource.kind.rawValue), "identity": .string(change.resource.identity),
            "label": .string(change.label), "change": .string(change.category.rawValue),
            "attributes": .array(change.attributes.map(json)), "facts": .array(change.facts.map(json)),
        ]
    }

    private func json(_ attribute: AttributeChange) -> JSON {
        switch attribute.change {
        case .value(let old, let new):
            ["path": .string(attribute.path.description), "from": old ?? .null, "to": new ?? .null]
        case .elements(let removed, let added):
            [
                "path": .string(attribute.path.description), "removed": .array(removed), "added": .array(added),
            ]
        }
    }
}

extension ResourceChange.Category {
    fileprivate var color: TextStyle.Color {
        switch self {
        case .appeared, .returned: .green
        case .gone, .left, .replaced: .red
        case .changed, .reread, .firstSeen: .yellow
        }
    }
}
