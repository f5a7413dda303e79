import StrictJSON
import Tidemark
import TidemarkBaseline

extension DriftFormat {
    static let json = DriftFormat("json", "for programs; everything is in it", in: .json) { report, _ in report.json }
}

extension DriftReport {
    /// The report as JSON, with all findings; the README documents its schema.
    public var json: String {
        let baseline = drift.baseline
        return JSONReport.document(
            "drift", from: heads,
            [
                "environment": .string(snapshot.environment.rawValue),
                "baseline": JSON(baseline.hasBuiltInRulesOnly ? nil : baseline.file),
                "builtInRulesOnly": .bool(baseline.hasBuiltInRulesOnly),
                "baselineEnvironment": .string(baseline.environment.rawValue),
                "documents": JSON(baseline.documents),
                "asOf": JSONReport.asOf(snapshot), "verdict": .string(drift.verdict.rawValue), "gate": gateJSON,
                "counts": [
                    "inSync": .init(drift.count(.inSync)), "drifted": .init(drift.count(.drifted)),
                    "waived": .init(drift.count(.waived)), "notChecked": .init(drift.count(.notChecked)),
                    "unseen": .init(drift.count(.unseen)),
                ],
                "stale": JSON(staleness), "coverage": JSONReport.coverage(snapshot.body),
                "expectations": .array(drift.results.map(json)),
            ])
    }

    /// The criteria, and the verdict that follows from them.
    private var gateJSON: JSON {
        [
            "failOn": .string(gate.threshold?.rawValue ?? "never"), "newOnly": .bool(gate.isOfNewOnly),
            "strict": .bool(drift.isStrict),
            "verdict": .string(drift.verdict(at: gate).rawValue),
        ]
    }

    private func json(_ result: RuleResult) -> JSON {
        let rule = result.rule
        return [
            "source": .string(rule.source.rawValue), "name": .string(rule.name), "kind": JSON(rule.kind?.rawValue),
            "section": JSON(rule.info.section), "severity": .string(rule.info.severity.rawValue),
            "file": JSON(rule.info.place?.file), "line": rule.info.place.map { .init($0.line) } ?? .null,
            "verdict": .string(result.status.rawValue), "why": JSON(rule.info.why), "fix": JSON(rule.info.fix),
            "findings": .array(result.findings.map(json)),
        ]
    }

    private func json(_ finding: Finding) -> JSON {
        var members: JSONObject = [
            "id": .string(finding.id.rawValue), "resource": JSON(finding.resource?.description),
            "label": JSON(finding.resource.map { snapshot.label(of: $0) }), "path": JSON(finding.path?.description),
            "note": JSON(finding.note), "verdict": .string(finding.verdict),
        ]
        switch finding.status {
        case .unseen(let unseen):
            members["reason"] = .string(unseen.reason)
            members["remedy"] = JSON(unseen.remedy.map(remedyWords))
        case .notChecked(let name):
            members["dependsOn"] = .string(name)
        case .drifted(let drifted):
            for (key, value) in Self.json(drifted).members { members[key] = value }
            members["sentence"] = JSON(finding.sentence)
            members["element"] = finding.element.map(Self.json) ?? .null
            members["since"] = finding.since?.json ?? .null
            members["driftingSince"] = finding.driftingSince?.json ?? .null
            members["new"] = drift.isNew(finding).map(JSON.bool) ?? .null
            members["waiver"] = finding.waiver.map(Self.json) ?? .null
        }
        return .object(members)
    }

    private static func json(_ waiver: Waiver) -> JSON {
        [
            "owner": .string(waiver.owner), "reason": .string(waiver.reason),
            "until": .string(waiver.until.description), "anyValue": .bool(waiver.acceptance.value == nil),
        ]
    }

    private static func json(_ element: FindingElement) -> JSON {
        ["side": .string(element.side.rawValue), "key": element.key]
    }

    private static func json(_ drifted: Finding.Drifted) -> JSONObject {
        switch drifted {
        case .changed(let expected, let actual): ["change": "changed", "expected": expected.json, "actual": actual]
        case .missing(let expected): ["change": "missing", "expected": expected?.json ?? .null]
        case .unexpected(let actual): ["change": "unexpected", "actual": actual]
        }
    }
}

extension Onset {
    var json: JSON {
        [
            "seq": .init(entry.seq.rawValue), "at": .string(entry.at.description), "release": JSON(entry.release),
            "withRelease": .bool(entry.isWithRelease), "orBefore": .bool(isAtLatest),
        ]
    }
}
