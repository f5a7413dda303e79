import GRDB
import Tidemark

/// The entries at which a part of an environment's state changes, with what it is from each on.
struct PartTimeline {
    private var changes: [(seq: Seq, contents: ContentSum)] = []

    /// Reads every change of a part.
    init(of part: StatePart, in environment: EnvironmentName, _ database: Database) throws {
        let query = part.query
        let rows = try Row.fetchCursor(
            database.cachedStatement(sql: query.sql),
            arguments: query.arguments &+ ["environment": environment.rawValue])
        var (places, contents) = ([Int64: ContentSum](), ContentSum())
        while let row = try rows.next() {
            let (place, seq) = (row["place"] as Int64, Seq(rawValue: row["seq"]))
            if let before = places.removeValue(forKey: place) { contents -= before }
            if let value = query.element(row["value"], seq) {
                let element = ContentSum(of: "\(query.name) \(place) \(value)")
                contents += element
                places[place] = element
            }
            add(contents, at: seq)
        }
    }

    private mutating func add(_ contents: ContentSum, at seq: Seq) {
        if changes.last?.seq == seq { changes.removeLast() }
        if changes.last?.contents ?? ContentSum() != contents { changes.append((seq, contents)) }
    }

    /// The part's stretch around a snapshot; it begins with the chain if the part never changed before.
    func stretch(around seq: Seq) -> StateStretch {
        var (low, high) = (0, changes.count)
        while low < high {
            let middle = (low + high) / 2
            if changes[middle].seq <= seq { low = middle + 1 } else { high = middle }
        }
        let current = low > 0 ? changes[low - 1] : (.first, ContentSum())
        return StateStretch(
            first: current.seq, end: low < changes.count ? changes[low].seq : nil, contents: current.contents)
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

extension StatePart {
    fileprivate var query: PartQuery {
        let isPresent = { (value: String?, _: Seq) in value.map { _ in "" } }
        switch self {
        case .facets(let kind, let name):
            return PartQuery(
                name: "content", sql: Embedded.partFacets, arguments: ["kind": kind.rawValue, "name": name])
        case .resources(let kind):
            return PartQuery(
                name: "resource", sql: Embedded.partFacets,
                arguments: ["kind": kind.rawValue, "name": Snapshot.description], element: isPresent)
        case .namesakes(let identity):
            return PartQuery(
                name: "resource", sql: Embedded.partNamesakes, arguments: ["identity": identity], element: isPresent)
        case .fingerprints(let kind):
            return PartQuery(name: "fingerprint", sql: Embedded.partFingerprints, arguments: ["kind": kind.rawValue])
        case .readings(let kind, let name):
            return PartQuery(
                name: "reading", sql: Embedded.partReadings, arguments: ["kind": kind.rawValue, "name": name])
        case .incarnations(let kind):
            return PartQuery(
                name: "incarnation", sql: Embedded.partFacets,
                arguments: ["kind": kind.rawValue, "name": Snapshot.incarnation], element: { "\($1)" })
        case .release: return PartQuery(name: "release", sql: Embedded.partRelease)
        case .status: return PartQuery(name: "status", sql: Embedded.partStatus)
        case .coverage: return PartQuery(name: "coverage", sql: Embedded.partCoverage)
        }
    }
}
