extension KindDefinition {
    /// Where the kind's tags stand, and what their list calls a key and a value; nil for a kind without.
    ///
    /// AWS has many names for the one thing: `Tags`, `TagList`, `TagSet`, `tags`, each a list keyed by the tag's name.
    public var tags: (path: AttributePath, key: String, value: String)? {
        for facet in facets {
            let isDescription = facet.name == Snapshot.description
            for name in Self.tagLists {
                let pattern = isDescription ? AttributePattern([.member(name)]) : AttributePattern()
                guard isDescription || facet.name == name, case .keyed(let members)? = facet.lists[pattern],
                    let key = members.first?.name
                else { continue }
                return (AttributePath([.member(name)]), key, key == "key" ? "value" : "Value")
            }
        }
        return nil
    }

    private static let tagLists = ["Tags", "TagList", "TagSet", "tags"]

    /// A path in AWS's names: `tag:Project` of a database is `TagList[Project].Value`. Nil for a tag of a kind without.
    public func path(_ written: AttributePath) -> AttributePath? {
        guard let name = written.tagName else { return written }
        return tags.map { $0.path.appending(.key(name)).appending(.member($0.value)) }
    }

    /// The names of what AWS says of the moment and is kept; nil where they are known from an answer alone.
    public var readings: [String]? {
        let declared = facets.flatMap(\.readings)
        return members != nil && declared.isEmpty ? nil : declared
    }
}
