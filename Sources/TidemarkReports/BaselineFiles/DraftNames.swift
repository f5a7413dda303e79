import StrictJSON
import Tidemark
import TidemarkKinds

/// The names of a draft's expectations, and the references to them.
struct DraftNames: Sendable {
    /// The resources with an expectation: those that the environment refers to and that no release replaces.
    let resources: [ResourceID]
    private let names: [ResourceID: String]
    /// The resources that are referred to by name: those with a title, because their identity is an opaque id.
    private let referred: [(label: String, resource: ResourceID)]

    init(_ snapshot: SnapshotView) {
        resources = snapshot.resources.filter { snapshot.isReached($0) && snapshot.kinds[$0.kind]?.released != .all }
        names = Self.names(of: resources, in: snapshot)
        referred = resources.filter { snapshot.kinds[$0.kind]?.title != nil }
            .map { (snapshot.label(of: $0), $0) }
            // A longer label comes before one that it ends with.
            .sorted { ($1.label.utf8.count, $0.label) < ($0.label.utf8.count, $1.label) }
    }

    subscript(resource: ResourceID) -> String? { names[resource] }

    /// The text as a baseline reads it without a reference.
    static func literal(_ text: String) -> String { text.escaped }

    /// The text with references in the place of other resources; its own `${` is escaped.
    func referring(_ text: String, in resource: ResourceID) -> String {
        for (label, other) in referred where other != resource {
            guard let name = names[other] else { continue }
            if text.isIdenticalText(to: other.identity) { return "${\(name)}" }
            if text.hasSuffix(" \(label)") { return "\(text.dropLast(label.count).escaped)${\(name)}" }
        }
        return text.escaped
    }

    /// Names as short as possible: `antenna-rds`, else `security-group-antenna-rds`, else with a number.
    private static func names(of resources: [ResourceID], in snapshot: SnapshotView) -> [ResourceID: String] {
        let short = Dictionary(grouping: resources) { slug(snapshot.title(of: $0) ?? $0.identity) }
        var names: [ResourceID: String] = [:]
        var taken: Set<String> = []
        for resource in resources {
            let own = slug(snapshot.title(of: resource) ?? resource.identity)
            let type = slug(resource.kind.rawValue.split(separator: ".").last.map(String.init) ?? "")
            let base = short[own]?.count == 1 && !own.isEmpty ? own : "\(type)-\(own)"
            let free = ([base] + (2...(resources.count + 1)).map { "\(base)-\($0)" }).first { !taken.contains($0) }
            names[resource] = free ?? base
            taken.insert(free ?? base)
        }
        return names
    }

    /// Letters, digits and single hyphens.
    private static func slug(_ text: String) -> String {
        text.lowercased().split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }.joined(separator: "-")
    }
}

extension StringProtocol {
    fileprivate var escaped: String { String(self).replacing("${", with: "$${") }
}
