import StrictJSON
import Tidemark
import TidemarkKinds

/// The members that every report has in JSON: the schema version, the report's name and the heads.
enum JSONReport {
    /// The schema version. It is raised if a member changes its meaning or is removed, not for a new member.
    static let version: JSON = 2

    /// - Parameter heads: The newest entries of the history that the report is based on.
    static func document(_ report: String, from heads: Heads, _ members: JSONObject) -> String {
        var document: JSONObject = ["tidemark": version, "report": .string(report), "heads": heads.json]
        for (key, value) in members.members { document[key] = value }
        return JSON.object(document).pretty + "\n"
    }

    static func asOf(_ snapshot: SnapshotView) -> JSON {
        [
            "late": snapshot.body.late?.json ?? .null,
            "seq": .init(snapshot.seq.rawValue), "at": .string(snapshot.at.description),
            "settled": .bool(snapshot.body.isSettled), "unsettled": JSON(snapshot.body.unsettled.map(\.sentence)),
            "unsettledCodes": .array(snapshot.body.unsettled.map(\.json)),
            "secondsAhead": snapshot.secondsAhead.map { .init($0) } ?? .null,
            "failures": JSON(snapshot.body.failures.map(\.sentence)),
            "failureCodes": .array(snapshot.body.failures.map(\.json)),
            "release": JSON(snapshot.recordedRelease?.label),
            "root": snapshot.body.root.json,
        ]
    }

    static func coverage(_ body: SnapshotRecord) -> JSON { coverage(body.questionCount, body.gaps) }

    static func coverage(_ questionCount: Int, _ gaps: [Gap]) -> JSON {
        ["asked": .init(questionCount), "gaps": .array(gaps.map(gap))]
    }

    private static func gap(_ gap: Gap) -> JSON {
        [
            "service": .string(gap.question.service), "operation": .string(gap.question.operation),
            "parameters": .object(gap.question.parameters), "region": JSON(gap.question.region),
            "outcome": .string(gap.outcome.rawValue),
            "code": JSON(gap.code), "message": .string(gap.reason.sentence), "reason": gap.reason.json,
            "facets": .array(gap.facets.sorted().map { .string($0.description) }),
            "members": JSON(gap.members.map(\.description).sorted()),
        ]
    }
}
