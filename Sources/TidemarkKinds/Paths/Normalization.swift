import StrictJSON

/// Brings two descriptions of one unchanged thing to the same bytes.
///
/// Volatile paths are cut; unordered lists are sorted; an empty list is the same as none.
package struct Normalization {
    let volatile: Set<AttributePattern>
    let lists: ListRules

    package init(volatile: Set<AttributePattern>, lists: ListRules) {
        self.volatile = volatile
        self.lists = lists
    }

    /// - Parameter pattern: The place of the value in the facet.
    package func apply(to value: JSON, at pattern: AttributePattern = AttributePattern()) -> JSON {
        switch value {
        case .object(let object):
            .object(
                JSONObject(
                    object.members.compactMap { key, value in
                        let inner = pattern.appending(.member(key))
                        guard !volatile.contains(inner), value != [] else { return nil }
                        return (key, apply(to: value, at: inner))
                    }))
        case .array(let values):
            .array(sort(values.map { apply(to: $0, at: pattern.appending(.elements)) }, by: lists[pattern]))
        default: value
        }
    }

    private func sort(_ values: [JSON], by rule: ListRule?) -> [JSON] {
        if rule == .ordered { return values }
        return values.map { (rule?.key(of: $0) ?? "", $0.canonical, $0) }
            .sorted { $0.0.isIdenticalText(to: $1.0) ? $0.1.precedesByUTF8($1.1) : $0.0.precedesByUTF8($1.0) }
            .map(\.2)
    }
}
