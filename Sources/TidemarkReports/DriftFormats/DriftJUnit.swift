import Tidemark
import TidemarkBaseline

extension DriftFormat {
    static let junit = DriftFormat("junit", "JUnit XML, for the test reports of CI systems", in: .markup) {
        report, _ in
        DriftJUnit(report).text
    }
}

/// The report as the result of a test run: a suite for the baseline, a case for each expectation.
///
/// A drift is a *failure* and something unseen an *error*: readers show both as not passed. Findings that do not affect the
/// exit status are *skipped*, with the reason, because readers show a skipped case as harmless. Two more cases, coverage and
/// freshness, keep a run with exit status 3 from looking as if everything had passed.
///
/// There is no standard. No element has an attribute that the strictest reader refuses, Jenkins's xUnit plugin, so the place
/// in the baseline is in the text.
///
/// Source: <https://github.com/jenkinsci/xunit-plugin/blob/master/src/main/resources/org/jenkinsci/plugins/xunit/types/model/xsd/junit-10.xsd>.
private struct DriftJUnit {
    private let report: DriftReport
    private var drift: Drift { report.drift }

    init(_ report: DriftReport) { self.report = report }

    var text: String {
        let cases = drift.results.map(testCase) + [coverage, freshness] + (drift.isStrict ? [settlement] : [])
        let outcomes = cases.compactMap(\.children.first?.name)
        func count(_ outcome: String) -> String { String(outcomes.count { $0 == outcome }) }
        let counts = [
            ("tests", String(cases.count)), ("failures", count("failure")), ("errors", count("error")), ("time", "0"),
        ]
        // ISO 8601 without a zone and a fraction.
        let time = String(report.snapshot.at.description.prefix(19))
        let file = drift.baseline.file
        let own = [("skipped", count("skipped")), ("timestamp", time)] + (file.isEmpty ? [] : [("file", file)])
        let suite = JUnitElement(
            "testsuite",
            [("name", drift.baseline.hasBuiltInRulesOnly ? "the built-in rules alone" : file)] + counts + own,
            [JUnitElement("properties", [], properties)] + cases)
        let root = JUnitElement("testsuites", [("name", "tidemark drift")] + counts, [suite])
        return (["<?xml version=\"1.0\" encoding=\"UTF-8\"?>"] + root.lines()).map { $0 + "\n" }.joined()
    }

    private var properties: [JUnitElement] {
        [
            ("environment", report.snapshot.environment.rawValue), ("as-of", report.snapshot.at.description),
            ("entry", report.snapshot.seq.description), ("verdict", drift.verdict.rawValue),
        ].map { JUnitElement("property", [("name", $0.0), ("value", $0.1)]) }
    }

    // MARK: Cases

    private func testCase(_ result: RuleResult) -> JUnitElement {
        let rule = result.rule
        // Readers merge cases of one name.
        let isOneOfSeveral = rule.source == .builtIn && drift.results.count { $0.rule.title == rule.title } > 1
        let name = isOneOfSeveral ? "\(rule.title) (\(rule.info.severity.rawValue))" : rule.title
        return JUnitElement(
            "testcase", attributes(rule.source.rawValue, name),
            result.findings.isEmpty ? [] : [outcome(of: result)])
    }

    private func attributes(_ group: String, _ name: String) -> [(String, String)] {
        [("classname", "\(report.snapshot.environment).\(group)"), ("name", name), ("time", "0")]
    }

    private func outcome(of result: RuleResult) -> JUnitElement {
        let counting = result.findings.filter { drift.exemption(for: $0, at: report.gate) == nil }
        guard let worst = counting.first(where: \.isDrifted) ?? counting.first else {
            let exemption = result.findings.first.flatMap { drift.exemption(for: $0, at: report.gate) }
            let reason = exemption.map(inWords) ?? ""
            return JUnitElement(
                "skipped", [("message", "\(result.status.rawValue), \(reason)")], text: details(of: result))
        }
        let message = report.sentences(for: worst).joined(separator: "; ")
        return JUnitElement(
            worst.isDrifted ? "failure" : "error",
            [("message", message), ("type", worst.isDrifted ? "drifted" : "unseen")], text: details(of: result))
    }

    private func inWords(_ exemption: ExemptionReason) -> String {
        switch exemption {
        case .waived(let waiver): report.words.terms(of: waiver)
        case .slight: "below the threshold"
        case .old: "not new"
        case .follows(let name): "depends on '\(name)'"
        case .nothingCounts: "does not affect the exit status"
        }
    }

    private func details(of result: RuleResult) -> String {
        let findings = result.findings.flatMap { finding -> [String] in
            let since = report.words.since(finding, isNew: drift.isNew(finding)).map { ", \($0)" } ?? ""
            let waiver = finding.waiver.map { "waived \(report.words.terms(of: $0))" }
            return report.sentences(for: finding) + (finding.isDrifted ? ["id \(finding.id)\(since)"] : [])
                + [waiver].compactMap(\.self)
        }
        let rule = result.rule
        let advice = [
            rule.info.place.map { "at \($0.file):\($0.line)" }, rule.info.section.map { "section \($0)" },
            rule.info.why.map { "why: \($0)" }, rule.info.fix.map { "fix: \($0)" },
        ].compactMap(\.self)
        return (findings + advice).joined(separator: "\n")
    }

    // MARK: Cases without an expectation

    private var coverage: JUnitElement {
        let body = report.snapshot.body
        let message = "\(body.gaps.count) of \(counted(body.questionCount, "question")) not answered"
        return presence("coverage", message, body.gaps.map(\.summary).joined(separator: "\n"), isMet: body.gaps.isEmpty)
    }

    private var freshness: JUnitElement {
        presence("freshness", report.staleness ?? "", report.staleness ?? "", isMet: report.staleness == nil)
    }

    private var settlement: JUnitElement {
        presence("settled", report.unsettled ?? "", report.unsettled ?? "", isMet: report.snapshot.body.isSettled)
    }

    private func presence(_ name: String, _ message: String, _ details: String, isMet: Bool) -> JUnitElement {
        let element = report.gate.threshold == nil ? "skipped" : "error"
        let outcome = JUnitElement(element, [("message", message)], text: details)
        return JUnitElement("testcase", attributes("snapshot", name), isMet ? [] : [outcome])
    }
}
