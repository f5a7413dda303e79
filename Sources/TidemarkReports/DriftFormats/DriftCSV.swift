import StrictJSON
import Tidemark
import TidemarkBaseline

extension DriftFormat {
    static let csv = DriftFormat("csv", "spreadsheets: a row for each finding", in: .text) { report, _ in
        DriftCSV(report: report).text
    }
}

/// The report as comma-separated values: a header, then a row for each finding, waived or not.
private struct DriftCSV {
    let report: DriftReport

    var text: String {
        let rows = report.drift.findings.map { finding in Self.columns.map { $0.value(report, finding) ?? "" } }
        return ([Self.columns.map(\.name)] + rows).map { CSV.line($0.map(CSV.cell)) }.joined()
    }

    private struct Column: Sendable {
        let name: String
        let value: @Sendable (DriftReport, Finding) -> String?
    }

    private static let columns = [
        Column(name: "environment") { report, _ in report.snapshot.environment.rawValue },
        Column(name: "verdict") { _, finding in finding.verdict },
        Column(name: "severity") { _, finding in finding.rule.info.severity.rawValue },
        Column(name: "rule") { _, finding in finding.rule.title },
        Column(name: "resource") { report, finding in finding.resource.map { report.snapshot.label(of: $0) } },
        Column(name: "attribute") { _, finding in finding.path?.description },
        Column(name: "expected") { _, finding in finding.expected.map(ExpectedWriter(value: \.inWords).words) },
        Column(name: "actual") { _, finding in finding.actual?.inWords },
        Column(name: "finding") { report, finding in report.sentences(for: finding).joined(separator: "; ") },
        Column(name: "since") { _, finding in finding.since?.entry.at.description },
        Column(name: "section") { _, finding in finding.rule.info.section },
        Column(name: "id") { _, finding in finding.id.rawValue },
        Column(name: "waived") { report, finding in finding.waiver.map(report.words.terms) },
    ]
}

extension Finding {
    fileprivate var expected: Expected? {
        switch status {
        case .drifted(.changed(let expected, _)): expected
        case .drifted(.missing(let expected)): expected
        case .drifted(.unexpected), .unseen, .notChecked: nil
        }
    }

    fileprivate var actual: JSON? {
        switch status {
        case .drifted(.changed(_, let actual)), .drifted(.unexpected(let actual)): actual
        case .drifted(.missing), .unseen, .notChecked: nil
        }
    }
}
