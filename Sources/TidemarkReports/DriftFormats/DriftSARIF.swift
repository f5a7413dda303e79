import StrictJSON
import StrictYAML
import Tidemark
import TidemarkBaseline

extension DriftFormat {
    static let sarif = DriftFormat(
        "sarif", "SARIF 2.1.0, for code scanning: each finding at the baseline's line", in: .json
    ) { report, _ in DriftSARIF(report).text }
}

/// The report in the Static Analysis Results Interchange Format: rules are what the baseline expects, results the findings.
///
/// It has the findings that do not count too: a consumer closes those that are missing, and finds the new ones by their
/// fingerprints. Something unseen has the kind *open*, which means too little information to decide.
///
/// GitHub refuses a file with a location outside the checkout, so that every location is a path below it.
///
/// Source: <https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/sarif-v2.1.0-errata01-os.html>.
private struct DriftSARIF {
    private let report: DriftReport
    private var drift: Drift { report.drift }

    init(_ report: DriftReport) { self.report = report }

    var text: String {
        let document: JSON = [
            "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
            "version": "2.1.0", "runs": [run],
        ]
        return document.pretty + "\n"
    }

    private var run: JSON {
        let selection = SARIFSelection(results, rules: drift.results.map { rule($0.rule) })
        return [
            "tool": [
                "driver": [
                    "name": "tidemark", "version": .string(report.version),
                    "rules": .array(selection.rules),
                ]
            ],
            // Keeps the results of environments separate.
            "automationDetails": ["id": .string("tidemark/\(report.snapshot.environment)/")],
            "invocations": [
                ["executionSuccessful": true, "toolExecutionNotifications": .array(notifications(selection))]
            ],
            "results": .array(selection.results),
            "properties": [
                "environment": .string(report.snapshot.environment.rawValue), "asOf": JSONReport.asOf(report.snapshot),
                "verdict": .string(drift.verdict.rawValue),
            ],
        ]
    }

    /// The number of results that are left out, the warnings, and the gaps, whether or not something was expected there.
    private func notifications(_ selection: SARIFSelection) -> [JSON] {
        let gaps = report.snapshot.body.gaps.map { "not seen: \($0.summary)" }
        let scope =
            drift.baseline.hasBuiltInRulesOnly ? "Only the built-in rules were evaluated, without a baseline." : nil
        return
            ([scope, selection.remark, report.unsettled.map { "unsettled: \($0)" }].compactMap(\.self) + report.remarks
            + gaps).map {
                ["level": "warning", "message": message($0)]
            }
    }

    // MARK: Rules

    private func rule(_ rule: Rule) -> JSON {
        let subject = rule.kind.map { "\($0) \(rule.name)" } ?? rule.name
        let title = subject + (rule.info.section.map { ", section \($0)" } ?? "")
        let advice = [rule.info.why.map { "why: \($0)" }, rule.info.fix.map { "fix: \($0)" }].compactMap(\.self)
        let help = advice.isEmpty ? title : advice.joined(separator: "\n\n")
        return [
            "id": .string(id(of: rule)), "shortDescription": message(title),
            "fullDescription": message(rule.info.why ?? title), "help": message(help),
            "defaultConfiguration": ["level": level(of: rule)],
        ]
    }

    private func id(of rule: Rule) -> String {
        switch rule.source {
        case .expectation, .releases, .history, .builtIn: rule.name
        case .unexpected: "unexpected/\(rule.kind?.rawValue ?? "")"
        case .waiver: "waiver/\(rule.name)"
        }
    }

    private func level(of rule: Rule) -> JSON { .string(rule.info.severity.rawValue) }

    // MARK: Results

    /// The results with the indices of their rules, the most severe first: what drifted, then what is unseen or waived.
    private var results: [(ruleIndex: Int, result: JSONObject)] {
        let found = drift.results.enumerated().flatMap { index, result in result.findings.map { (index, $0) } }
        let ranked =
            found.filter { rank($0.1) == 0 } + found.filter { rank($0.1) == 1 } + found.filter { rank($0.1) == 2 }
        var occurrences: [FindingID: Int] = [:]
        return ranked.map { index, finding in
            occurrences[finding.id, default: 0] += 1
            return (index, json(finding, occurrence: occurrences[finding.id] ?? 1))
        }
    }

    private func rank(_ finding: Finding) -> Int { finding.isWaived ? 2 : finding.isDrifted ? 0 : 1 }

    /// - Parameter occurrence: The number of results with this finding's id up to this one.
    private func json(_ finding: Finding, occurrence: Int) -> JSONObject {
        let rule = finding.rule
        let resource = finding.resource.map { resource -> JSON in
            [
                "name": .string(report.snapshot.label(of: resource)),
                "fullyQualifiedName": .string(resource.description), "kind": "resource",
            ]
        }
        var location: JSONObject = ["physicalLocation": place(of: rule.info.position)]
        if let resource { location["logicalLocations"] = [resource] }
        return [
            "ruleId": .string(id(of: rule)), "kind": finding.isDrifted ? "fail" : "open",
            "level": finding.isDrifted ? level(of: rule) : "none",
            "message": message(report.sentences(for: finding).joined(separator: "\n")),
            "locations": [.object(location)],
            "partialFingerprints": [
                // GitHub reads no other, and distinguishes equal ones by the number behind the colon:
                // <https://github.com/github/codeql-action/blob/main/src/fingerprints.ts>.
                "primaryLocationLineHash": .string("\(finding.id):\(occurrence)"),
                "tidemarkFinding/v1": .string(finding.id.rawValue),
            ],
            // Every result has the member, or none.
            "suppressions": .array(finding.waiver.map { [suppression($0)] } ?? []),
            "properties": [
                "path": JSON(finding.path?.description),
                "position": JSON(rule.info.place.map { "\($0.file):\($0.line)" }),
                "new": drift.isNew(finding).map(JSON.bool) ?? .null,
                "since": JSON(report.words.since(finding, isNew: nil)),
            ],
        ]
    }

    private func suppression(_ waiver: Waiver) -> JSON {
        [
            "kind": "external", "status": "accepted", "justification": .string(report.words.terms(of: waiver)),
            "location": ["physicalLocation": place(of: waiver.position)],
        ]
    }

    /// Escapes a message: braces are doubled, and a space keeps brackets from being a link (sections 3.11.5, 3.11.6).
    private func message(_ text: String) -> JSON {
        let escaped = text.replacing("{", with: "{{").replacing("}", with: "}}").replacing("](", with: "] (")
        return ["text": .string(escaped)]
    }

    private func place(of position: Position) -> JSON {
        let workspace = report.workspace
        let position =
            position.file.isEmpty
            ? workspace.projectPosition
            : workspace.position(of: position, in: drift.baseline) ?? workspace.projectPosition
        return [
            "artifactLocation": ["uri": .string(Self.encoded(position.file)), "uriBaseId": "%SRCROOT%"],
            "region": ["startLine": .init(position.line)],
        ]
    }

    /// A path percent-encoded, except for unreserved characters and slashes (RFC 3986, section 2.1).
    private static func encoded(_ path: String) -> String {
        path.utf8.reduce(into: "") { encoded, byte in
            if unreserved.contains(byte) {
                encoded.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                encoded += (byte < 16 ? "%0" : "%") + String(byte, radix: 16, uppercase: true)
            }
        }
    }

    private static let unreserved = Set(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/".utf8)
}
