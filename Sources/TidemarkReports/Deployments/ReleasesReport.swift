import StrictJSON
import Tidemark

/// The report of `releases`: deployments and the releases that book them as a table, newest first.
public struct ReleasesReport: Sendable {
    private let deployments: [Deployment]
    private let heads: Heads

    /// Creates the report of deployments.
    /// - Parameter deployments: The deployments, newest first in each environment.
    public init(_ deployments: [Deployment], from heads: Heads = Heads()) {
        self.deployments = deployments
        self.heads = heads
    }

    /// The deployments that nobody recorded.
    public var unrecorded: [Deployment] { deployments.filter(\.isUnrecorded) }

    private var rows: [ReleaseRow] {
        deployments.enumerated().flatMap { index, deployment in
            let older = deployments[(index + 1)...].filter { $0.environment == deployment.environment }
            return ReleaseRow.rows(of: deployment, after: older.lazy.compactMap(\.commit).first)
        }
    }

    /// The report as text for people.
    public var text: String {
        var text = TextLines()
        let environments = Dictionary(grouping: rows, by: \.environment).sorted { $0.key < $1.key }
        for (index, environment) in environments.enumerated() {
            if index > 0 { text.add() }
            text.add(environment.key)
            add(environment.value, to: &text)
        }
        if !unrecorded.isEmpty {
            text.add()
            text.add("\(counted(unrecorded.count, "deployment")) not recorded by anyone")
        }
        return text.text
    }

    private func add(_ rows: [ReleaseRow], to text: inout TextLines) {
        let cells = rows.map { [$0.entry, $0.time, $0.name, $0.version, $0.outcome, $0.by] }
        let widths = (0..<5).map { column in cells.map { $0[column].count }.max() ?? 0 }
        for (row, cells) in zip(rows, cells) {
            text.add("  " + zip(cells, widths).map { $0.padded(to: $1 + 2) }.joined() + cells[5])
            for image in row.images { text.add("      \(image)") }
            for (name, value) in row.details { text.add("      \(name) \(value)") }
        }
    }

    /// The report as comma-separated values, with a header; a release of a deployment is a row.
    public var csv: String {
        let names = [
            "environment", "seq", "at", "after", "release", "version", "images", "commit", "by", "attested", "run",
            "outcome", "compare",
        ]
        let lines = rows.map { row in
            [
                row.environment, row.seq, row.at, row.after, row.label, row.version, row.images.joined(separator: "; "),
                row.commit, row.claimed, row.attested, row.run, row.outcome, row.compare ?? "",
            ].map(CSV.cell)
        }
        return ([names] + lines).map(CSV.line).joined()
    }

    /// The report as a JSON document; the README documents its members.
    public var json: String {
        let compared = Dictionary(rows.filter(\.isFirst).map { ($0.key, $0.compare) }, uniquingKeysWith: { $1 })
        return JSONReport.document(
            "releases", from: heads,
            [
                "deployments": .array(
                    deployments.map { deployment in
                        var members = deployment.json.object ?? [:]
                        members["compare"] = JSON(compared[ReleaseRow.key(of: deployment)] ?? nil)
                        return .object(members)
                    }),
                "unrecorded": .init(Int64(unrecorded.count)),
            ])
    }
}

extension Deployment {
    /// The commit of the newest release that books it and names one.
    fileprivate var commit: String? { bookings.last { $0.recorded.release.commit != nil }?.recorded.release.commit }
}

/// One release of a deployment, or an unrecorded deployment, as a row.
private struct ReleaseRow {
    let deployment: Deployment
    /// The release; nil for an unrecorded deployment, and for a first state without one.
    let booking: BookedRelease?
    /// Whether the release is the first that books the deployment.
    let isFirst: Bool
    /// The commit of the deployment before; nil if it is not known.
    let previousCommit: String?

    static func rows(of deployment: Deployment, after previousCommit: String?) -> [ReleaseRow] {
        let bookings: [BookedRelease?] = deployment.bookings.isEmpty ? [nil] : deployment.bookings
        return bookings.enumerated().reversed().map { index, booking in
            ReleaseRow(deployment: deployment, booking: booking, isFirst: index == 0, previousCommit: previousCommit)
        }
    }

    static func key(of deployment: Deployment) -> String { "\(deployment.environment) \(deployment.seq)" }
    var key: String { Self.key(of: deployment) }

    private var release: Release? { booking?.recorded.release }
    var environment: String { deployment.environment.rawValue }
    var seq: String { String((isFirst ? deployment.seq : booking?.recorded.seq ?? deployment.seq).rawValue) }
    var entry: String { "@\(seq)" }
    private var date: Timestamp { isFirst ? deployment.at : booking?.recorded.at ?? deployment.at }
    var time: String { date.readable }
    var at: String { date.description }
    var after: String { isFirst ? deployment.after?.at.description ?? "" : "" }
    var label: String { booking?.recorded.label ?? "" }
    var version: String { deployment.change.versionInWords ?? "" }
    var images: [String] { isFirst ? deployment.images.map(\.change.inWords) : [] }
    var commit: String { release?.commit ?? "" }
    var claimed: String { release?.by ?? "" }
    var attested: String { (booking?.recorded.actor ?? deployment.actor) ?? "" }
    var run: String { release?.url ?? "" }
    /// The address that compares the source with that of the deployment before; nil if it is not known.
    var compare: String? {
        guard isFirst, let previousCommit, let commit = release?.commit, let run = release?.url else { return nil }
        return SourceComparison.address(from: previousCommit, to: commit, run: run)
    }

    /// The release's label, or why there is none.
    var name: String {
        booking.map { "release \($0.recorded.labelInWords)" }
            ?? (deployment.isUnrecorded ? "not recorded by anyone" : "no release was recorded")
    }

    var by: String {
        guard let booking else { return "" }
        if case .signed? = booking.recorded.release.identity { return booking.recorded.release.identityInWords ?? "" }
        return booking.recorded.release.by.map { "\($0.printable) (claimed)" }
            ?? "by \(booking.recorded.actor?.printable ?? "nobody attested")"
    }

    var outcome: String {
        if booking?.isFailed == true { return "failed" }
        guard isFirst else { return "no new deployment" }
        switch deployment.kind {
        case .underWay: return "under way"
        case .change, .firstState:
            switch deployment.outcome {
            case .current: return "runs"
            case .replaced(let entry): return "replaced \(entry.seq)"
            case .rolledBack(let entry): return "rolled back \(entry.seq)"
            }
        }
    }

    var details: [(String, String)] {
        [("commit", commit), ("run", run), ("compare", compare ?? "")].filter { !$0.1.isEmpty }.map {
            ($0.0, $0.1.printable)
        }
    }
}
