import StrictJSON

extension JSON {
    /// The common value, a list if there are several, or nil if there is none.
    static func agreed(_ values: [JSON?]) -> JSON? {
        let distinct = Array(Set(values.compactMap(\.self).filter { $0 != .null })).sortedByText
        return distinct.count > 1 ? .array(distinct) : distinct.first
    }
}

extension [JSON] {
    var sortedByText: [JSON] { sorted(byText: \.canonical) }
}
