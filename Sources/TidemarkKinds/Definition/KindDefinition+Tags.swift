import Tidemark

extension KindDefinition {
    /// The path of the kind's tags, and the members of a tag's key and value; nil for a kind without tags.
    ///
    /// AWS has several names for the list: `Tags`, `TagList`, `TagSet`, `tags`.
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

    /// A path in AWS's names: `tag:Project` of a database is `TagList[Project].Value`. Nil for a tag of a kind without tags.
    public func path(_ written: AttributePath) -> AttributePath? {
        guard let name = written.tagName else { return written }
        return tags.map { $0.path.appending(.key(name)).appending(.member($0.value)) }
    }

    /// The names of the readings; nil if only an answer has them.
    public var readings: [String]? {
        let declared = facets.flatMap { $0.readings + $0.moving.map(\.name) }
        return members != nil && declared.isEmpty ? nil : declared
    }
}
