import Tidemark
import TidemarkBaseline

extension DriftFormat {
    static let text = DriftFormat("text", "for people, on a terminal or in a log", in: .text) { $0.text($1) }
}

extension DriftReport {
    /// The report as text: what drifted, then what is unseen, then what is waived, then the counts.
    public func text(_ style: TextStyle = .plain) -> String {
        var text = TextLines()
        let documents =
            drift.baseline.hasBuiltInRulesOnly
            ? "the built-in rules alone, without a baseline"
            : drift.baseline.documents.map { "'\($0.printable)'" } ?? "its baseline"
        text.add("\(snapshot.environment) against \(documents)")
        if let mismatch { text.add(mismatch) }
        text.add(snapshot.asOf)
        for warning in warnings { text.add(warning) }
        for status in [RuleStatus.drifted, .unseen, .notChecked, .waived] {
            for result in listed where result.status == status { add(result, to: &text, style) }
        }
        text.add()
        text.add(summary { style.paint($1, $0.color) })
        for term in terms { text.add("  \(term)") }
        for gap in snapshot.body.gaps { text.add("  not seen: \(gap.summary)") }
        return text.text
    }

    private func add(_ result: RuleResult, to text: inout TextLines, _ style: TextStyle) {
        let rule = result.rule
        let resource = rule.isOfMany ? nil : result.findings.first?.resource.map { snapshot.label(of: $0) }
        let subject = (resource ?? rule.kind?.rawValue).map { ": \($0.printable)" } ?? ""
        let section = rule.info.section.map { ", section \($0.printable)" } ?? ""
        let severity = rule.info.severity == .error ? "" : ", \(rule.info.severity.rawValue)"
        let status = style.paint(result.status.rawValue, result.status.color)
        text.add()
        text.add("\(status)  \(rule.name.printable)\(subject)\(section)\(severity)")
        for group in result.findings.groupedByAttribute { add(group, to: &text) }
        text.add("why", rule.info.why?.printable, width: 6)
        text.add("fix", rule.info.fix?.printable, width: 6)
    }

    /// The elements of an attribute are listed below it.
    private func add(_ group: [Finding], to text: inout TextLines) {
        if let first = group.first, group.count > 1 { text.add("  \(words.heading(first))") }
        for finding in group {
            let lines = group.count > 1 ? words.sentencesUnderHeading(finding) : sentences(for: finding)
            let margin = group.count > 1 ? "  " : ""
            for line in lines { text.add("\(margin)  \(line)") }
            guard finding.isDrifted else { continue }
            let since = words.since(finding, isNew: drift.isNew(finding))
            text.add("\(margin)id", finding.id.rawValue + (since.map { ", \($0)" } ?? ""), width: 6 + margin.count)
            text.add("\(margin)waived", finding.waiver.map(words.terms), width: 8 + margin.count)
        }
    }
}

extension RuleStatus {
    fileprivate var color: TextStyle.Color {
        switch self {
        case .inSync: .green
        case .drifted: .red
        case .unseen, .notChecked, .waived: .yellow
        }
    }
}

extension [Finding] {
    /// Consecutive findings about elements of one attribute of one resource, and each other finding alone.
    fileprivate var groupedByAttribute: [[Finding]] {
        reduce(into: []) { groups, finding in
            if let last = groups.last?.last, finding.element != nil, last.element != nil, finding.path != nil,
                last.path == finding.path, last.resource == finding.resource
            {
                groups[groups.count - 1].append(finding)
            } else {
                groups.append([finding])
            }
        }
    }
}
