import StrictJSON
import Tidemark

extension Drift {
    /// The report for people: what drifted, then what could not be seen, then what is waived, then the count.
    public func text(_ style: TextStyle = .plain) -> String {
        var text = TextLines()
        text.add("\(snapshot.environment) against \(baseline.documents.map { "'\($0.printable)'" } ?? "its baseline")")
        if baseline.environment != snapshot.environment { text.add("The baseline is that of \(baseline.environment).") }
        text.add(snapshot.asOf)
        for failure in snapshot.body.failures { text.add("The deployment failed: \(failure.printable).") }
        if let staleness { text.add("Not evidence of how things are now: \(staleness).") }
        for standing in [Standing.drifted, .unseen, .waived] {
            for result in results where result.standing == standing { add(result, to: &text, style) }
        }
        text.add()
        text.add(summary(style))
        for gap in snapshot.body.gaps { text.add("  not seen: \(gap.summary)") }
        return text.text
    }

    private func summary(_ style: TextStyle) -> String {
        let counts = [Standing.inSync, .drifted, .unseen, .waived].compactMap { standing -> String? in
            let count = count(standing)
            if count == 0 { return standing == .waived ? nil : "0 \(standing.rawValue)" }
            return style.paint("\(count) \(standing.rawValue)", standing.color) + remark(standing)
        }
        return "\(counted(results.count, "expectation")): \(counts.joined(separator: ", "))"
    }

    /// Why the exit status is another than the count would have it.
    private func remark(_ standing: Standing) -> String {
        let severities = results.filter { $0.standing == standing }.map(\.rule.severity)
        guard [.drifted, .unseen].contains(standing), severities.allSatisfy({ $0 == .note }) else { return "" }
        return " (only notes)"
    }

    private func add(_ result: RuleResult, to text: inout TextLines, _ style: TextStyle) {
        let rule = result.rule
        let resource = rule.isOfMany ? nil : result.findings.first?.resource.map { snapshot.label(of: $0) }
        let subject = (resource ?? rule.kind?.rawValue).map { ": \($0.printable)" } ?? ""
        let section = rule.section.map { ", section \($0.printable)" } ?? ""
        let severity = rule.severity == .error ? "" : ", \(rule.severity.rawValue)"
        let standing = style.paint(result.standing.rawValue, result.standing.color)
        text.add()
        text.add("\(standing)  \(rule.name.printable)\(subject)\(section)\(severity)")
        for finding in result.findings { add(finding, to: &text) }
        text.add("why", rule.why?.printable, width: 6)
        text.add("fix", rule.fix?.printable, width: 6)
    }

    private func add(_ finding: Finding, to text: inout TextLines) {
        let resource = finding.rule.isOfMany ? finding.resource.map { "\(snapshot.label(of: $0).printable): " } : nil
        let subject = (resource ?? "") + (finding.path.map { "\($0.description.printable) " } ?? "")
        for line in sentences(finding) { text.add("  \(subject)\(line)") }
        if let note = finding.note { text.add("  \(note.printable)") }
        guard finding.isDrifted else { return }
        text.add("id", finding.id.rawValue + sinceInWords(finding), width: 6)
        if let waiver = finding.waiver {
            let terms = "by \(waiver.owner.printable) until \(waiver.until)"
            text.add("waived", "\(terms): \(waiver.reason.printable)", width: 8)
        }
    }

    /// `, new since @2, 2026-11-23 21:40:43Z, with release v10`.
    private func sinceInWords(_ finding: Finding) -> String {
        guard let since = finding.since else { return "" }
        let word = isNew(finding) == true ? "new since" : "since"
        let release = since.release.map { ", \(since.isWithRelease ? "with" : "after") release \($0.printable)" } ?? ""
        let before = since.isAtLatest ? ", or before" : ""
        return ", \(word) \(since.seq), \(since.at.readable)\(release)\(before)"
    }

    private func sentences(_ finding: Finding) -> [String] {
        switch finding.verdict {
        case .unseen(let unseen):
            ["could not be seen: \(unseen.reason.printable)" + (unseen.remedy.map { "; \($0.printable)" } ?? "")]
        case .drifted(.missing(let expected?)): ["is not there, and should be \(named(expected))"]
        case .drifted(.missing(nil)):
            [finding.resource == nil ? "there is no such resource" : "is no longer part of the environment"]
        case .drifted(.unexpected(let actual)) where finding.path == nil: ["found \(named(actual))"]
        case .drifted(.unexpected(let actual)): ["is \(named(actual)), and should not be there"]
        case .drifted(.changed(let expected, let actual, let missing, let extra)):
            missing.isEmpty && extra.isEmpty
                ? ["is \(named(actual)), and should be \(named(expected))"]
                : missing.map { "lacks \(named($0))" } + extra.map { "should not have \(named($0))" }
        }
    }

    /// The value in words; the identity of a resource that has a name is followed by it.
    private func named(_ value: JSON) -> String {
        switch value {
        case .string(let text):
            let resources = snapshot.resources(identifiedBy: text)
            guard let only = resources.first, resources.count == 1, snapshot.label(of: only) != only.description else {
                return value.inWords
            }
            return "\(value.inWords) (\(snapshot.label(of: only).printable))"
        case .array(let values) where !values.isEmpty && values.allSatisfy { $0.scalarText != nil }:
            return values.map(named).joined(separator: ", ")
        default: return value.inWords
        }
    }
}

extension Standing {
    fileprivate var color: TextStyle.Color {
        switch self {
        case .inSync: .green
        case .drifted: .red
        case .unseen, .waived: .yellow
        }
    }
}

extension JSON {
    /// The value on one line, a text as it is and all else in JSON.
    var inWords: String {
        if self == Redacted.value { return "(redacted)" }
        switch self {
        case .string(let text): return text.isEmpty ? "''" : text.printable
        case .array(let values) where values.allSatisfy { $0.scalarText != nil }:
            return values.isEmpty ? "nothing" : values.map(\.inWords).joined(separator: ", ")
        default: return canonical.printable
        }
    }
}

extension Snapshot {
    /// `as of 2026-11-23 21:40:43Z (@2, release v10)`, and why it was unsettled if it was.
    var asOf: String {
        let release = body.release.map { ", release \($0.label.printable)" } ?? ""
        return "as of \(at.readable) (\(seq)\(release))\(Unsettled(body.unsettled).clause)"
    }
}
