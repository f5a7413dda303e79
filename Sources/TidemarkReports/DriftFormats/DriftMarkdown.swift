import Tidemark
import TidemarkBaseline

extension DriftFormat {
    static let markdown = DriftFormat(
        "markdown", "a comment on a pull request, or the summary of a step on GitHub", in: .markup
    ) { report, _ in DriftMarkdown(report).text }
}

/// The report as a page of GitHub's Markdown: findings in tables, the rest folded.
private struct DriftMarkdown {
    private let report: DriftReport
    private let words: FindingWords
    private var drift: Drift { report.drift }

    init(_ report: DriftReport) {
        self.report = report
        words = FindingWords(
            snapshot: report.snapshot, value: Markdown.code, prose: Markdown.prose, remedy: report.remedyWords)
    }

    var text: String {
        var page = MarkdownPage()
        page.add("## \(Markdown.prose(report.snapshot.environment.rawValue)): \(report.verdict)")
        page.add()
        let documents = drift.baseline.documents.map { "*\(Markdown.prose($0))*, " } ?? ""
        let asOf = "A" + Markdown.prose(report.snapshot.asOf).dropFirst()
        let file =
            drift.baseline.hasBuiltInRulesOnly ? "the built-in rules alone" : Markdown.code(drift.baseline.file)
        page.add("\(asOf), against \(documents)\(file)")
        for warning in report.remarks.prefix(Self.mostWarnings) {
            page.add()
            page.add("> [!WARNING]")
            page.add("> \(Markdown.prose(warning))")
        }
        page.add()
        page.add(([report.summary() + "."] + report.terms).joined(separator: " "))
        addTable(of: .drifted, to: &page)
        addTable(of: .unseen, to: &page)
        addTable(of: .notChecked, to: &page)
        addTable(of: .waived, to: &page)
        addCoverage(to: &page)
        addInSync(to: &page)
        return page.text
    }

    private static let mostWarnings = 5

    private func addTable(of status: RuleStatus, to page: inout MarkdownPage) {
        let rows = report.listed.filter { $0.status == status }.flatMap(rows)
        guard !rows.isEmpty else { return }
        let title = status.rawValue.prefix(1).uppercased() + status.rawValue.dropFirst()
        let heading = [
            "", "### \(title)", "", "| severity | expectation | section | finding | id |",
            "| --- | --- | --- | --- | --- |",
        ]
        page.add(rows, under: heading, upTo: .findings) {
            "And \(counted($0, "more finding")), \(status.rawValue): \(Self.whereAll)."
        }
    }

    private static let whereAll = "`tidemark drift` lists all"

    /// The findings of a rule, a row each; the first has the rule's `why` and `fix`.
    private func rows(_ result: RuleResult) -> [String] {
        let rule = result.rule
        let section = rule.info.section.map(Markdown.prose) ?? ""
        let advice = [
            rule.info.why.map { "why: \(Markdown.prose($0))" }, rule.info.fix.map { "fix: \(Markdown.prose($0))" },
        ]
        return result.findings.enumerated().map { index, finding in
            let since = words.since(finding, isNew: drift.isNew(finding))
            let waiver = finding.waiver.map { "waived \(words.terms(of: $0))" }
            let lines = words.sentences(finding) + [since, waiver].compactMap(\.self)
            let cell = (lines + (index == 0 ? advice.compactMap(\.self) : [])).joined(separator: "<br>")
            let id = finding.isDrifted ? Markdown.code(finding.id.rawValue) : ""
            return "| \(rule.info.severity.rawValue) | \(subject(of: finding)) | \(section) | \(cell) | \(id) |"
        }
    }

    private func subject(of finding: Finding) -> String {
        let rule = finding.rule
        // If there may be several resources, the sentence names the resource.
        let resource = rule.isOfMany ? nil : finding.resource.map { report.snapshot.label(of: $0) }
        return [rule.name, resource ?? rule.kind?.rawValue].compactMap(\.self).map(Markdown.code)
            .joined(separator: "<br>")
    }

    // MARK: Folded sections

    private func addCoverage(to page: inout MarkdownPage) {
        let body = report.snapshot.body
        guard !body.gaps.isEmpty else { return }
        let lines = body.gaps.map { gap in
            "- \(Markdown.code(gap.summary))" + (gap.remedy.map { ": \(Markdown.prose(report.remedyWords($0)))" } ?? "")
        }
        fold(
            "\(body.gaps.count) of \(counted(body.questionCount, "question")) not answered", lines, on: &page,
            upTo: .coverage)
    }

    private func addInSync(to page: inout MarkdownPage) {
        let results = drift.results.filter { $0.status == .inSync }
        guard !results.isEmpty else { return }
        let lines = results.map(\.rule).map { rule in
            "- \(Markdown.code(rule.title))" + (rule.info.section.map { ", section \(Markdown.prose($0))" } ?? "")
        }
        fold("\(report.subjects(of: results)) in sync", lines, on: &page, upTo: .rest)
    }

    private func fold(_ title: String, _ lines: [String], on page: inout MarkdownPage, upTo share: MarkdownPage.Share) {
        page.add()
        page.add("<details><summary>\(title)</summary>")
        page.add(lines, under: [""], upTo: share) { "And \($0) more: \(Self.whereAll)." }
        page.add()
        page.add("</details>")
    }
}
