import StrictJSON
import StrictYAML
import Tidemark
import TidemarkBaseline
import Yams

extension Baseline {
    /// The text of the baseline's own file with one more waiver and no other change.
    ///
    /// The new text is parsed before it is returned: it must state what the file stated, and the waiver.
    /// - Parameter acceptsAnyValue: Whether another value at the same place is accepted too.
    /// - Throws: `Failure` if the finding's value cannot be stated, or no place for the waiver is found that keeps the rest of the
    ///   file.
    public func accepting(
        _ finding: Finding, anyValue acceptsAnyValue: Bool = false, owner: String, reason: String, until: Day
    ) throws(Failure) -> String {
        let acceptance =
            acceptsAnyValue
            ? Waiver.Acceptance(element: finding.element, value: nil) : Waiver.Acceptance(of: finding)
        guard let acceptance else {
            throw Failure(
                .invalid, "'\(finding.id)' cannot be accepted", why: "its value is secret and has no fingerprint",
                remedy: .provideKeyOrAcceptAnyValue)
        }
        let item = WaiverItem(finding, acceptance, owner: owner, reason: reason, until: until)
        if let file = files.first, let before = file.root {
            let yaml = YAMLItem(flow: item.flow, block: item.block)
            let candidates = YAMLItemInsertion.candidates(
                for: yaml, of: "waivers", like: "expect", in: file.text, before)
            for candidate in candidates {
                let text = candidate.applied(to: file.text)
                let after = SourceFile(name: file.name, text: text).root
                if after?.isLike(before, with: item.json) == true { return text }
            }
        }
        throw Failure(
            .invalid, "cannot add the waiver to '\(file.printable)'",
            why: "the layout of its YAML is not one that can be edited safely",
            remedy: "add this item to 'waivers': \(item.flow)")
    }
}

extension SourceFile {
    /// Nil if the file is not YAML.
    fileprivate var root: Node? { try? Node.document(yaml: self) }
}

extension Node {
    /// Whether the document states the same as another one, and one more waiver.
    fileprivate func isLike(_ before: Node, with waiver: JSON) -> Bool {
        guard var new = json(MistakeCollector())?.object, var old = before.json(MistakeCollector())?.object,
            var waivers = new["waivers"]?.array, let place = waivers.firstIndex(of: waiver)
        else { return false }
        waivers.remove(at: place)
        guard waivers == old["waivers"]?.array ?? [] else { return false }
        new["waivers"] = nil
        old["waivers"] = nil
        return new == old
    }
}
