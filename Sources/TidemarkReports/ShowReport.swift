import StrictJSON
import Tidemark
import TidemarkKinds

/// The report of `show`: a snapshot with a line for each resource, or one whole resource.
public struct ShowReport: Sendable {
    /// The snapshot that the report shows.
    public let snapshot: SnapshotView
    /// The resource to show; nil for all of them.
    public let resource: ResourceID?
    private let restarts: Set<Seq>
    private let heads: Heads

    /// Creates the report of a snapshot.
    /// - Parameters:
    ///   - resource: The resource to show; nil for a list of all.
    ///   - restarts: The checkpoints before which the state is unknown.
    public init(
        _ snapshot: SnapshotView, resource: ResourceID?, restarts: Set<Seq> = [], from heads: Heads = Heads()
    ) {
        self.heads = heads
        self.restarts = restarts
        self.snapshot = snapshot
        self.resource = resource
    }

    // MARK: Text

    /// The report as text for people.
    public var text: String {
        var text = TextLines()
        text.add("\(snapshot.environment) \(snapshot.asOf)")
        if let resource {
            add(resource, to: &text)
        } else {
            addAll(to: &text)
        }
        return text.text
    }

    private func addAll(to text: inout TextLines) {
        text.add()
        let labels = snapshot.resources.map { snapshot.label(of: $0).printable }
        let width = (labels.map(\.count).max() ?? 0) + 2
        for (resource, label) in zip(snapshot.resources, labels) {
            text.add("  \(label.padded(to: width))\(remarks(on: resource))")
        }
        text.add()
        text.add("readings", shortReadings)
        let failures = snapshot.body.failures.map(\.sentence).joined(separator: "; ")
        text.add("failed", failures.isEmpty ? nil : failures)
        let gaps = snapshot.body.gaps.map(\.summary)
        let answers = gaps.isEmpty ? "all answered" : "not all answered:\n" + gaps.joined(separator: "\n")
        text.add("seen", "\(counted(snapshot.body.questionCount, "question")), \(answers)")
        text.add("not followed", notFollowed, width: 14)
        text.add("noted", snapshot.snapshot.notes.filter { $0.note.text != nil }.map(\.inWords).joinedOrNil)
        text.add("actor", snapshot.actor?.printable ?? "nobody attested")
        text.add("root", snapshot.body.root.hexadecimal)
    }

    /// The hosts that were not followed, and the reason if the list is as last seen; nil if it is empty.
    private var notFollowed: String? {
        switch snapshot.notFollowed {
        case .seen(let content): return NotFollowedHost.all(in: content).inWords
        case .absent: return nil
        case .unseen(let unseen, let lastSeen):
            let last = lastSeen.flatMap { NotFollowedHost.all(in: $0).inWords }.map { "; as last seen: \($0)" }
            return "could not be seen: \(unseen.reason)\(last ?? "")"
        }
    }

    private var notFollowedJSON: JSON {
        if case .seen(let content) = snapshot.notFollowed { content } else { .null }
    }

    /// The short readings; longer ones are with their resource. If several have the same name, each is prefixed with its
    /// resource.
    private var shortReadings: String? {
        let short = snapshot.body.readings.filter { $0.value.array == nil && $0.value.object == nil }
        let named = Dictionary(grouping: short, by: \.name)
        let lines = short.map { reading in
            let subject = named[reading.name]?.count == 1 ? "" : "\(snapshot.label(of: reading.resource).printable) "
            return "\(subject)\(reading.name) \(reading.value.inWords)"
        }
        return lines.isEmpty ? nil : lines.joined(separator: ", ")
    }

    private func remarks(on resource: ResourceID) -> String {
        let facets = snapshot.facets(of: resource).filter { !$0.isDerived }
        let newest = facets.compactMap { snapshot.facet($0)?.since }.max().map { since in
            "since \(since)\(restarts.contains(since) ? ", or before" : "")"
        }
        let unseen = snapshot.unseenFacets(of: resource).filter { !$0.isDerived }
        let old = unseen.filter { snapshot.facet($0) != nil }.map(\.name)
        let unknown = unseen.filter { snapshot.facet($0) == nil }.map(\.name)
        return [
            newest, old.isEmpty ? nil : "as last seen: \(old.joined(separator: ", "))",
            unknown.isEmpty ? nil : "not seen: \(unknown.joined(separator: ", "))",
            snapshot.isReached(resource) ? nil : "left: no longer referenced",
        ].compactMap { $0 }.joined(separator: "; ")
    }

    private func add(_ resource: ResourceID, to text: inout TextLines) {
        let label = snapshot.label(of: resource)
        text.add((label == resource.description ? label : "\(label) (\(resource.identity))").printable)
        text.add(remarks(on: resource))
        text.add()
        for line in snapshot.description(of: resource, hasDefaults: false).pretty.split(separator: "\n") {
            text.add(String(line).printable)
        }
        if let defaults = defaults(of: resource) { text.add(defaults) }
        let readings = snapshot.body.readings.filter { $0.resource == resource }.flatMap { reading in
            reading.value.object?.members.map { "\(reading.name) of \($0.key.printable) \($0.value.inWords)" }
                ?? (reading.value.array ?? [reading.value]).map { "\(reading.name) \($0.inWords)" }
        }
        let facts = [(FactDefinition.identity.name, .seen(.string(resource.identity)))] + facts(of: resource)
        text.add()
        let width = (facts.map(\.0) + ["readings"]).map(\.count).reduce(0, max) + 2
        for (fact, result) in facts { text.add(fact, Self.inWords(result), width: width, indent: 0) }
        text.add("readings", readings.joinedOrNil, width: width, indent: 0)
    }

    /// The number of defaults that the text leaves out.
    private func defaults(of resource: ResourceID) -> String? {
        let counts = snapshot.facets(of: resource).compactMap { facet -> String? in
            guard let definition = snapshot.kinds[resource.kind]?.facet(facet.name) else { return nil }
            let count = (snapshot.facet(facet)?.content.array ?? []).count(where: definition.isDefault)
            return count == 0 ? nil : "\(facet.name) has \(counted(count, "default")) of AWS too: see --format json"
        }
        return counts.isEmpty ? nil : counts.joined(separator: "\n")
    }

    private static func inWords(_ result: LookupResult) -> String {
        switch result {
        case .seen(.array(let lines)): lines.isEmpty ? "nothing" : lines.map(\.inWords).joined(separator: "\n")
        case .seen(.object(let object)):
            object.members.map { "\($0.key.printable) = \($0.value.inWords)" }.joined(separator: "\n")
        case .seen(let value): value.inWords
        case .absent: "none"
        case .unseen(let unseen, _): "could not be seen: \(unseen.reason)"
        }
    }

    private func facts(of resource: ResourceID) -> [(String, LookupResult)] {
        (snapshot.kinds[resource.kind]?.facts ?? []).map { ($0.name, snapshot.value(of: $0, of: resource)) }
    }

    // MARK: JSON

    /// The report as a JSON document; the README documents its members.
    public var json: String {
        JSONReport.document(
            "show", from: heads,
            [
                "environment": .string(snapshot.environment.rawValue), "asOf": JSONReport.asOf(snapshot),
                "actor": JSON(snapshot.actor), "coverage": JSONReport.coverage(snapshot.body),
                "notFollowed": notFollowedJSON, "notes": .array(snapshot.snapshot.notes.map(\.json)),
                "readings": .array(snapshot.body.readings.map(json)),
                "resources": .array((resource.map { [$0] } ?? snapshot.resources).map(json)),
            ])
    }

    private func json(_ reading: Reading) -> JSON {
        ["resource": .string(reading.resource.description), "name": .string(reading.name), "value": reading.value]
    }

    private func json(_ resource: ResourceID) -> JSON {
        let unseen = snapshot.unseenFacets(of: resource)
        return [
            "kind": .string(resource.kind.rawValue), "identity": .string(resource.identity),
            "label": .string(snapshot.label(of: resource)),
            "reached": .bool(snapshot.isReached(resource)), "unseen": JSON(unseen.map(\.name)),
            "description": snapshot.description(of: resource),
            "facts": .object(JSONObject(facts(of: resource).map { ($0, Self.json($1)) })),
        ]
    }

    private static func json(_ result: LookupResult) -> JSON {
        switch result {
        case .seen(let value): ["value": value]
        case .absent: ["value": .null]
        case .unseen(let unseen, _): ["unseen": .string(unseen.reason)]
        }
    }
}
