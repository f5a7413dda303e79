import StrictJSON
import Tidemark

extension Drift {
    /// The report for people: what drifted, then what could not be seen, then the count.
    public func text(_ style: TextStyle = .plain) -> String {
        var text = TextLines()
        text.add("\(snapshot.environment) against \(baseline.documents.map { "'\($0.printable)'" } ?? "its baseline")")
        if baseline.environment != snapshot.environment { text.add("The baseline is that of \(baseline.environment).") }
        text.add(snapshot.asOf)
        for failure in snapshot.body.failures { text.add("The deployment failed: \(failure.printable).") }
        if let staleness { text.add("Not evidence of how things are now: \(staleness).") }
        for verdict in [Verdict.drifted, .unseen] {
            for result in results where result.verdict == verdict { add(result, to: &text, style) }
        }
        text.add()
        text.add(summary(style))
        for gap in snapshot.body.gaps { text.add("  not seen: \(gap.summary)") }
        return text.text
    }

    private func summary(_ style: TextStyle) -> String {
        let counts = Verdict.allCases.map { ($0, count($0)) }.map { verdict, count in
            let words = "\(count) \(verdict.rawValue)"
            return count == 0 ? words : style.paint(words, verdict.color)
        }
        return "\(counted(results.count, "expectation")): \(counts.joined(separator: ", "))"
    }

    private func add(_ result: ExpectationResult, to text: inout TextLines, _ style: TextStyle) {
        let expectation = result.expectation
        let resource = result.findings.first?.resource.map { snapshot.label(of: $0) } ?? expectation.kind.rawValue
        let section = expectation.section.map { ", section \($0.printable)" } ?? ""
        let verdict = style.paint(result.verdict.rawValue, result.verdict.color)
        text.add()
        text.add(
            "\(verdict)  \(expectation.name.printable): \(resource.printable)\(section)"
        )
        for finding in result.findings { add(finding, to: &text) }
        text.add("why", expectation.why?.printable, width: 6)
        text.add("fix", expectation.fix?.printable, width: 6)
    }

    private func add(_ finding: Finding, to text: inout TextLines) {
        let subject = finding.path.map { "\($0.description.printable) " } ?? ""
        for line in sentences(finding) { text.add("  \(subject)\(line)") }
        if let note = finding.note { text.add("  \(note.printable)") }
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

extension Verdict {
    fileprivate var color: TextStyle.Color {
        switch self {
        case .inSync: .green
        case .drifted: .red
        case .unseen: .yellow
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
