import StrictJSON

extension JSON {
    /// The value that all have, a list of those there are, or nil where none has one.
    static func agreed(_ values: [JSON?]) -> JSON? {
        let distinct = Array(Set(values.compactMap(\.self).filter { $0 != .null })).sortedByText
        return distinct.count > 1 ? .array(distinct) : distinct.first
    }
}

extension [JSON] {
    var sortedByText: [JSON] {
        map { ($0.canonical, $0) }.sorted { $0.0.precedesByUTF8($1.0) }.map(\.1)
    }
}
