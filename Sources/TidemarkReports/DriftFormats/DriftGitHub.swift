import StrictYAML
import Tidemark
import TidemarkBaseline

extension DriftFormat {
    static let github = DriftFormat(
        "github", "annotations of GitHub Actions, at the baseline's lines", in: .commands
    ) { report, _ in DriftGitHub(report).text }
}

/// The report as workflow commands: the runner finds them in a step's output and shows each at its line of the baseline.
/// Waived findings are left out.
///
/// Source: <https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands>; escapes as in
/// `ActionCommand` of <https://github.com/actions/runner>.
private struct DriftGitHub {
    private let report: DriftReport
    private var drift: Drift { report.drift }

    init(_ report: DriftReport) { self.report = report }

    var text: String {
        let findings = report.listed.flatMap { result in
            result.findings.filter { !$0.isWaived }.map { annotation($0) }
        }
        let warnings = report.remarks.map { command("warning", [title(drift.verdict.rawValue)], $0) }
        let gaps = report.snapshot.body.gaps.map { command("warning", [title("not seen")], $0.summary) }
        let summary = ([report.snapshot.asOf, report.summary()] + report.terms).joined(separator: "\n")
        return (findings + warnings + gaps + [command("notice", [title(drift.verdict.rawValue)], summary)])
            .map { $0 + "\n" }.joined()
    }

    private func title(_ text: String) -> (String, String) { ("title", "\(report.snapshot.environment): \(text)") }

    private func annotation(_ finding: Finding) -> String {
        let rule = finding.rule
        let verdict: Verdict = finding.isDrifted ? .drifted : .unseen
        let level =
            switch rule.info.severity {
            case .error: finding.isDrifted ? "error" : "warning"
            case .warning: "warning"
            case .note: "notice"
            }
        let since = report.words.since(finding, isNew: drift.isNew(finding)).map { ", \($0)" } ?? ""
        let lines =
            report.sentences(for: finding) + (finding.isDrifted ? ["id \(finding.id)\(since)"] : [])
            + [
                rule.info.section.map { "section \($0)" }, rule.info.why.map { "why: \($0)" },
                rule.info.fix.map { "fix: \($0)" },
            ]
            .compactMap(\.self)
        return command(
            level, place(of: rule.info.position) + [title("\(rule.title) \(verdict.rawValue)")],
            lines.joined(separator: "\n"))
    }

    /// The file and the line; empty for a shipped baseline.
    private func place(of position: Position) -> [(String, String)] {
        switch report.workspace.place(of: position.file) {
        case .inside(let path), .outside(let path): [("file", path), ("line", String(position.line))]
        case .shipped: []
        }
    }

    // MARK: Commands

    private func command(_ name: String, _ properties: [(String, String)], _ message: String) -> String {
        let pairs = properties.map { "\($0.0)=\(Self.escapedProperty($0.1.printable))" }.joined(separator: ",")
        // A log would pass on terminal control characters.
        let lines = message.split(separator: "\n", omittingEmptySubsequences: false).map { String($0).printable }
        return "::\(name) \(pairs)::\(Self.escaped(lines.joined(separator: "\n")))"
    }

    private static func escaped(_ text: String) -> String { escaped(text, ["%": "%25", "\r": "%0D", "\n": "%0A"]) }

    private static func escapedProperty(_ text: String) -> String {
        escaped(text, ["%": "%25", "\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C"])
    }

    private static func escaped(_ text: String, _ codes: [Unicode.Scalar: String]) -> String {
        text.unicodeScalars.reduce(into: "") { escaped, scalar in
            if let code = codes[scalar] { escaped += code } else { escaped.unicodeScalars.append(scalar) }
        }
    }
}
