import StrictJSON
import Tidemark

extension Drift {
    /// The report as JSON; the README documents its schema.
    public var json: String {
        JSONReport.document(
            "drift",
            [
                "environment": .string(snapshot.environment.rawValue), "baseline": .string(file),
                "baselineEnvironment": .string(baseline.environment.rawValue),
                "documents": JSON(baseline.documents),
                "asOf": JSONReport.asOf(snapshot), "verdict": .string(verdict.rawValue),
                "counts": [
                    "inSync": .init(count(.inSync)), "drifted": .init(count(.drifted)), "unseen": .init(count(.unseen)),
                ],
                "stale": JSON(staleness), "coverage": JSONReport.coverage(snapshot.body),
                "expectations": .array(results.map(json)),
            ])
    }

    private func json(_ result: ExpectationResult) -> JSON {
        let expectation = result.expectation
        return [
            "name": .string(expectation.name), "kind": .string(expectation.kind.rawValue),
            "section": JSON(expectation.section), "line": .init(expectation.position.line),
            "verdict": .string(result.verdict.rawValue), "why": JSON(expectation.why), "fix": JSON(expectation.fix),
            "findings": .array(result.findings.map(json)),
        ]
    }

    private func json(_ finding: Finding) -> JSON {
        var members: JSONObject = [
            "id": .string(finding.id.rawValue), "resource": JSON(finding.resource?.description),
            "label": JSON(finding.resource.map { snapshot.label(of: $0) }), "path": JSON(finding.path?.description),
            "note": JSON(finding.note),
        ]
        switch finding.verdict {
        case .unseen(let unseen):
            members["verdict"] = .string(Verdict.unseen.rawValue)
            members["reason"] = .string(unseen.reason)
            members["remedy"] = JSON(unseen.remedy)
        case .drifted(let drifted):
            members["verdict"] = .string(Verdict.drifted.rawValue)
            for (key, value) in Self.json(drifted).members { members[key] = value }
        }
        return .object(members)
    }

    private static func json(_ drifted: Finding.Drifted) -> JSONObject {
        switch drifted {
        case .changed(let expected, let actual, let missing, let extra):
            [
                "change": "changed", "expected": expected, "actual": actual, "missing": .array(missing),
                "extra": .array(extra),
            ]
        case .missing(let expected): ["change": "missing", "expected": expected ?? .null]
        case .unexpected(let actual): ["change": "unexpected", "actual": actual]
        }
    }
}
