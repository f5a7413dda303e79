import StrictJSON

extension JSON {
    /// The common value, a list if there are several, or nil if there is none.
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
