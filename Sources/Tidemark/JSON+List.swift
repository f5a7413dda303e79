import StrictJSON

extension JSON {
    /// The list of a member with every element parsed; nil if one cannot be parsed.
    func list<Element>(_ key: String, of read: (JSON) -> Element?) -> [Element]? {
        guard let elements = self[key]?.array else { return nil }
        let values = elements.compactMap(read)
        return values.count == elements.count ? values : nil
    }
}
