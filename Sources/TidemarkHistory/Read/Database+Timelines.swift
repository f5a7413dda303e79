import GRDB
import Tidemark

extension Database {
    /// Every change of a part of an environment's state.
    func timeline(of part: StatePart, in environment: EnvironmentName) throws -> StateTimeline {
        let query = part.query
        let rows = try Row.fetchCursor(
            cachedStatement(sql: query.sql), arguments: query.arguments &+ ["environment": environment.rawValue])
        var (timeline, contents) = (StateTimeline(), ContentSum())
        var places: [Int64: (value: String, element: ContentSum)] = [:]
        while let row = try rows.next() {
            let (place, seq) = (row["place"] as Int64, Seq(rawValue: row["seq"]))
            let (before, value) = (places[place], query.element(row["value"], seq))
            guard value != before?.value else { continue }
            if let before { contents -= before.element }
            places[place] = value.map { ($0, ContentSum(of: "\(query.name) \(place) \($0)")) }
            if let new = places[place] { contents += new.element }
            timeline.add(contents, at: seq)
        }
        return timeline
    }
}

/// The query for the changes of a part: rows of `place`, `seq` and `value`, in the order of entries.
private struct PartQuery {
    /// A name that distinguishes its elements from those of other queries.
    let name: String
    let sql: String
    var arguments: StatementArguments = [:]
    /// The element that stands for a place's value from an entry on; nil for none.
    var element: (_ value: String?, Seq) -> String? = { value, _ in value }
}

extension PartQuery {
    /// The query for the facets of a kind: those of one resource or of all, of one name or of all.
    fileprivate init(
        _ elements: String = "content", of kind: Kind, _ identity: String? = nil, name: String?,
        element: @escaping (_ value: String?, Seq) -> String? = { value, _ in value }
    ) {
        self.init(
            name: elements, sql: Embedded.partFacets,
            arguments: ["kind": kind.rawValue, "identity": identity, "name": name], element: element)
    }
}

extension StatePart {
    fileprivate var query: PartQuery {
        let isPresent = { (value: String?, _: Seq) in value.map { _ in "" } }
        switch self {
        case .facet(let facet): return PartQuery(of: facet.resource.kind, facet.resource.identity, name: facet.name)
        case .facets(let kind, let name): return PartQuery(of: kind, name: name)
        case .resources(let kind):
            return PartQuery("resource", of: kind, name: Snapshot.description, element: isPresent)
        case .namesakes(let identity):
            return PartQuery(
                name: "resource", sql: Embedded.partNamesakes, arguments: ["identity": identity], element: isPresent)
        case .fingerprints(let kind):
            return PartQuery(name: "fingerprint", sql: Embedded.partFingerprints, arguments: ["kind": kind.rawValue])
        case .readings(let kind, let name):
            return PartQuery(
                name: "reading", sql: Embedded.partReadings, arguments: ["kind": kind.rawValue, "name": name])
        case .incarnations(let kind):
            return PartQuery("incarnation", of: kind, name: Snapshot.incarnation, element: { "\($1)" })
        case .release: return PartQuery(name: "release", sql: Embedded.partRelease)
        case .deployments: return PartQuery(name: "deployment", sql: Embedded.partDeployments)
        case .status: return PartQuery(name: "status", sql: Embedded.partStatus)
        case .coverage: return PartQuery(name: "coverage", sql: Embedded.partCoverage)
        }
    }
}
