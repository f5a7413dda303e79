import StrictYAML
import StrictJSON
import Yams

extension Baseline {
    /// The text of the baseline's own file with one more waiver in it, and every other byte as it was.
    ///
    /// It is read again before it is given: it says what it said, and that waiver.
    /// - Throws: `Failure` where the file is written in a way that leaves no place for it.
    public func accepting(
        _ finding: FindingID, owner: String, reason: String, until: Day
    ) throws(Failure) -> String {
        let item = WaiverItem(finding, owner: owner, reason: reason, until: until)
        if let file = files.first, let before = file.root {
            for candidate in WaiverInsertion.candidates(for: item, in: file.text, before) {
                let text = candidate.applied(to: file.text)
                let after = SourceFile(name: file.name, text: text).root
                if after?.isLike(before, with: item.json) == true { return text }
            }
        }
        throw Failure(
            .invalid, "no place for the waiver in '\(file.printable)'",
            why: "the file is written in a way that only a person should change",
            remedy: "add to 'waivers': \(item.flow)")
    }
}

extension SourceFile {
    /// Nil for what is no YAML.
    fileprivate var root: Node? { try? Node.document(yaml: self) }
}

extension Node {
    /// Whether two documents say the same, but for one more waiver in this one.
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
