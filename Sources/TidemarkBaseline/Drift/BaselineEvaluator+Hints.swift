import StrictJSON
import Tidemark
import TidemarkKinds

extension BaselineEvaluator {
    /// The finding; where a list does not have the key in its path, with a remark that names the nearest key that it has.
    func withHint(_ finding: Finding, _ hints: inout NameHints) -> Finding {
        guard case .drifted(.missing) = finding.status, let resource = finding.resource, let path = finding.path,
            let index = path.steps.firstIndex(where: \.isKey), finding.note == nil
        else { return finding }
        let (list, key) = (AttributePath(Array(path.steps[..<index])), path.steps[index].name)
        let scope = scope(of: list, of: resource)
        guard case .seen(let value) = snapshot.value(of: list, of: resource), let rule = scope.rules[scope.pattern]
        else {
            return finding
        }
        let keys = (value.array ?? []).compactMap(rule.key)
        guard !keys.contains(where: key.isIdenticalText), let nearest = hints.nearest(to: key, among: keys) else {
            return finding
        }
        var finding = finding
        finding.note = "'\(list)' has no '\(key)': did you mean '\(nearest)'?"
        return finding
    }
}

extension AttributePath.Step {
    fileprivate var isKey: Bool { if case .key = self { true } else { false } }
}
