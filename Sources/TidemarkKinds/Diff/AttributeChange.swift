import StrictJSON

/// An attribute whose value changed.
public struct AttributeChange: Sendable, Hashable {
    /// The path of the attribute in the resource's description, or the name of a fact.
    public let path: AttributePath
    /// The values before and after.
    public let change: Change

    /// The kinds of changes of an attribute.
    public enum Change: Sendable, Hashable {
        /// A value; nil if it is absent.
        case value(from: JSON?, to: JSON?)
        /// A list whose order is ignored: the elements that only the earlier moment has, and those that only the later one has.
        case elements(removed: [JSON], added: [JSON])
    }

    package init(path: AttributePath, change: Change) {
        self.path = path
        self.change = change
    }
}

extension AttributeChange {
    /// Every attribute in which two contents of one facet differ, in the order of their paths.
    static func between(
        _ from: JSON?, _ to: JSON?, at path: AttributePath = AttributePath(),
        pattern: AttributePattern = AttributePattern(),
        lists: ListRules
    ) -> [AttributeChange] {
        guard from != to else { return [] }
        switch (from, to) {
        case (.object(let old)?, .object(let new)?):
            let names = Set(old.keys).union(new.keys).sorted { $0.precedesByUTF8($1) }
            return names.flatMap { name in
                between(
                    old[name], new[name], at: path.appending(.member(name)),
                    pattern: pattern.appending(.member(name)), lists: lists)
            }
        case (.array(let old)?, .array(let new)?):
            return between(old, new, at: path, pattern: pattern, lists: lists)
        default: return [AttributeChange(path: path, change: .value(from: from, to: to))]
        }
    }

    private static func between(
        _ old: [JSON], _ new: [JSON], at path: AttributePath, pattern: AttributePattern, lists: ListRules
    ) -> [AttributeChange] {
        let rule = lists[pattern] ?? .unordered
        if rule == .ordered { return [AttributeChange(path: path, change: .value(from: .array(old), to: .array(new)))] }
        if let (old, new) = rule.keyed(old, new) {
            let keys = Set(old.keys).union(new.keys).sorted { $0.precedesByUTF8($1) }
            return keys.flatMap { key in
                between(
                    old[key], new[key], at: path.appending(.key(key)), pattern: pattern.appending(.elements),
                    lists: lists)
            }
        }
        let (removed, added) = (old.subtracting(new), new.subtracting(old))
        let isSame = removed.isEmpty && added.isEmpty
        return isSame ? [] : [AttributeChange(path: path, change: .elements(removed: removed, added: added))]
    }
}

extension ListRule {
    /// Both lists by their elements' keys; nil if the list is not keyed, or an element's key is missing or not unique.
    fileprivate func keyed(_ old: [JSON], _ new: [JSON]) -> (old: [String: JSON], new: [String: JSON])? {
        guard let old = byKey(old), let new = byKey(new) else { return nil }
        return (old, new)
    }

    private func byKey(_ elements: [JSON]) -> [String: JSON]? {
        var found: [String: JSON] = [:]
        for element in elements {
            guard let key = key(of: element), found.updateValue(element, forKey: key) == nil else { return nil }
        }
        return found
    }
}

extension [JSON] {
    /// The elements that the other list does not have, or has less often.
    fileprivate func subtracting(_ other: [JSON]) -> [JSON] {
        var counts = Dictionary(other.map { ($0, 1) }, uniquingKeysWith: +)
        return filter { element in
            guard let count = counts[element], count > 0 else { return true }
            counts[element] = count - 1
            return false
        }
    }
}
