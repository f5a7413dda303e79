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
/// GitHub keeps ten annotations of each level of a step and drops the others silently, so that the tenth says what
/// follows it.
///
/// Sources: <https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands>; escapes as in
/// `ActionCommand` of <https://github.com/actions/runner>; the limit in
/// <https://github.com/orgs/community/discussions/26680>.
private struct DriftGitHub {
    private let report: DriftReport
    private var drift: Drift { report.drift }

    init(_ report: DriftReport) { self.report = report }

    private struct Annotation {
        enum Level: String, CaseIterable {
            case error, warning, notice
        }

        let level: Level
        let title: String
        var position: Position?
        let message: String
    }

    /// Errors first; within a level, what is about the whole report comes first.
    var text: String {
        let summary = ([report.snapshot.asOf, report.summary()] + report.terms).joined(separator: "\n")
        let verdict = report.verdict
        let findings = report.listed.flatMap { result in
            result.findings.filter { !$0.isWaived }.map { annotation($0) }
        }
        let all =
            [Annotation(level: .notice, title: verdict, message: summary)]
            + report.remarks.map { Annotation(level: .warning, title: verdict, message: $0) } + findings
            + report.snapshot.body.gaps.map { Annotation(level: .warning, title: "not seen", message: $0.summary) }
        return Annotation.Level.allCases.flatMap { level in shown(all.filter { $0.level == level }) }
            .map { command($0) + "\n" }.joined()
    }

    private static let mostOfALevel = 10
    private static let mostNamed = 20

    /// The annotations that GitHub keeps; the last names the others.
    private func shown(_ annotations: [Annotation]) -> [Annotation] {
        guard let level = annotations.first?.level, annotations.count > Self.mostOfALevel else { return annotations }
        let rest = annotations.dropFirst(Self.mostOfALevel - 1)
        let named = rest.prefix(Self.mostNamed).map { annotation in
            (annotation.position.map { "\($0.file):\($0.line): " } ?? "") + annotation.title
        }
        let more = rest.count - named.count
        let title = "\(rest.count) more \(level.rawValue)s"
        let head =
            "\(title): GitHub shows \(Self.mostOfALevel) of a step; --format text, markdown or json has all of them"
        let lines = [head] + named + (more > 0 ? ["and \(more) more"] : [])
        return annotations.prefix(Self.mostOfALevel - 1)
            + [Annotation(level: level, title: title, message: lines.joined(separator: "\n"))]
    }

    private func annotation(_ finding: Finding) -> Annotation {
        let rule = finding.rule
        let level: Annotation.Level =
            switch rule.info.severity {
            case .error: finding.isDrifted ? .error : .warning
            case .warning: .warning
            case .note: .notice
            }
        let since = report.words.since(finding, isNew: drift.isNew(finding)).map { ", \($0)" } ?? ""
        let lines =
            report.sentences(for: finding) + (finding.isDrifted ? ["id \(finding.id)\(since)"] : [])
            + [
                rule.info.section.map { "section \($0)" }, rule.info.why.map { "why: \($0)" },
                rule.info.fix.map { "fix: \($0)" },
            ]
            .compactMap(\.self)
        return Annotation(
            level: level, title: "\(rule.title) \(finding.verdict)",
            position: rule.info.place.flatMap { report.workspace.position(of: $0, in: drift.baseline) },
            message: lines.joined(separator: "\n"))
    }

    // MARK: Commands

    private func command(_ annotation: Annotation) -> String {
        let place = annotation.position.map { [("file", $0.file), ("line", String($0.line))] } ?? []
        let properties = place + [("title", "\(report.snapshot.environment): \(annotation.title)")]
        let pairs = properties.map { "\($0.0)=\(Self.escapedProperty($0.1.printable))" }.joined(separator: ",")
        // A log would pass on terminal control characters.
        let lines = annotation.message.split(separator: "\n", omittingEmptySubsequences: false).map {
            String($0).printable
        }
        return "::\(annotation.level.rawValue) \(pairs)::\(Self.escaped(lines.joined(separator: "\n")))"
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
