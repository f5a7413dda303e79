import StrictJSON
import StrictYAML
import Tidemark
import TidemarkBaseline
import TidemarkKinds

extension DriftReport {
    /// The sentences of a finding: its difference, then its remark, if it has one.
    ///
    /// Each is one line without a full stop, `Engine is postgres, and should be mysql`, and safe for a terminal. For an
    /// expectation of several resources it begins with the resource.
    public func sentences(for finding: Finding) -> [String] { words.sentences(finding) }

    /// The words of plain text.
    var words: FindingWords { FindingWords(snapshot: snapshot, remedy: remedyWords) }
}

/// The words of a finding, which all formats for people have in common.
struct FindingWords {
    let snapshot: SnapshotView
    /// Marks a name or a value in a sentence.
    var value: (String) -> String = { $0 }
    /// Escapes a text from AWS or the baseline.
    var prose: (String) -> String = { $0 }
    /// The words of a remedy.
    var remedy: (Remedy) -> String = { $0.description }

    /// The sentence of a finding, then its remark.
    func sentences(_ finding: Finding) -> [String] {
        let resource = resource(finding).map { "\($0): " } ?? ""
        let path = finding.path.map { value($0.description.printable) + " " } ?? ""
        return predicates(finding).map { resource + path + $0 } + remarks(finding)
    }

    /// The same without the resource and the attribute, under a heading that names them.
    func sentencesUnderHeading(_ finding: Finding) -> [String] { predicates(finding) + remarks(finding) }

    /// The attribute, after the resource if the rule is about several.
    func heading(_ finding: Finding) -> String {
        [resource(finding), finding.path.map { value($0.description.printable) }].compactMap(\.self)
            .joined(separator: ": ")
    }

    private func resource(_ finding: Finding) -> String? {
        finding.rule.isOfMany ? finding.resource.map { value(snapshot.label(of: $0).printable) } : nil
    }

    private func remarks(_ finding: Finding) -> [String] { finding.note.map { [prose($0.printable)] } ?? [] }

    private func predicates(_ finding: Finding) -> [String] {
        if let sentence = finding.sentence { return [prose(sentence.printable)] }
        switch finding.status {
        case .unseen(let unseen):
            let remedy = unseen.remedy.map { "; \(prose(self.remedy($0).printable))" } ?? ""
            return ["could not be seen: \(prose(unseen.reason.printable))\(remedy)"]
        case .notChecked(let name): return ["not checked: depends on \(value("'\(name.printable)'")), which is missing"]
        // The remark says it: the waiver matches nothing.
        case .drifted(.missing) where finding.rule.source == .waiver: return []
        case .drifted(.missing(let expected?)) where finding.element != nil: return ["lacks \(wanted(expected))"]
        case .drifted(.missing(let expected?)) where expected.json == ["present": true]: return ["is missing"]
        case .drifted(.missing(let expected?)): return ["is not there, and should \(obligation(expected))"]
        case .drifted(.missing(nil)):
            return [
                finding.resource == nil
                    ? "no such resource was found from the environment" : "is no longer part of the environment"
            ]
        case .drifted(.unexpected) where finding.rule.source == .unexpected: return ["no expectation is about it"]
        case .drifted(.unexpected(let actual)) where finding.path == nil: return ["found \(named(actual))"]
        case .drifted(.unexpected(let actual)) where finding.element != nil: return ["should not have \(named(actual))"]
        case .drifted(.unexpected(let actual)): return ["is \(named(actual)), and should not be there"]
        case .drifted(.changed(let expected, let actual)):
            return ["is \(named(actual)), and should \(obligation(expected))"]
        }
    }

    private func obligation(_ expected: Expected) -> String { ExpectedWriter(value: named).obligation(expected) }

    private func wanted(_ expected: Expected) -> String { ExpectedWriter(value: named).words(expected) }

    /// The value in words; the identity of a resource is followed by its label.
    private func named(_ json: JSON) -> String {
        switch json {
        case .string(let text):
            let resources = snapshot.resources(identifiedBy: text)
            guard let only = resources.first, resources.count == 1, snapshot.label(of: only) != only.description else {
                return value(json.inWords)
            }
            return "\(value(json.inWords)) (\(value(snapshot.label(of: only).printable)))"
        case .array(let values) where !values.isEmpty && values.allSatisfy { $0.scalarText != nil }:
            return values.map(named).joined(separator: ", ")
        case .array(let values) where values.isEmpty: return json.inWords
        default: return value(json.inWords)
        }
    }

    /// `new since @2, 2026-11-23 21:40:43Z, with release v10`; nil if unknown.
    func since(_ finding: Finding, isNew: Bool?) -> String? {
        guard let since = finding.since else { return nil }
        let word = isNew == true ? "new since" : "since"
        let release = since.entry.release.map { release in
            ", \(since.entry.isWithRelease ? "with" : "after") release \(value(release.printable))"
        }
        let before = since.isAtLatest ? ", or before" : ""
        let text = "\(word) \(prose(since.entry.seq.description)), \(since.entry.at.readable)\(release ?? "")\(before)"
        guard let place = finding.driftingSince, place.entry.seq != since.entry.seq else { return text }
        return "\(text); drifted since \(prose(place.entry.seq.description))\(place.isAtLatest ? ", or before" : "")"
    }

    /// `by dba-team until 2026-12-31: the import`.
    func terms(of waiver: Waiver) -> String {
        "by \(prose(waiver.owner.printable)) until \(waiver.until): \(prose(waiver.reason.printable))"
    }
}

extension Finding {
    /// `drifted`, `unseen` or `not checked`.
    var verdict: String {
        switch status {
        case .drifted: RuleStatus.drifted.rawValue
        case .unseen: RuleStatus.unseen.rawValue
        case .notChecked: RuleStatus.notChecked.rawValue
        }
    }
}

extension RuleInfo {
    /// The place of the rule in its file; nil for a built-in rule without a baseline.
    var place: Position? { position.file.isEmpty ? nil : position }
}
