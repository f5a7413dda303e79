import StrictJSON

/// Resources that one answer lists wholly: the tags of a repository. One that is known and not on the list is gone.
///
/// An answer may list others' resources too: all alarms of a region. Then each bears marks, and those count to which some
/// answer of the walk leads by a mark; one that is known, and to which nothing leads any more, has only been left.
public struct MembersDefinition: Sendable {
    /// The members of a resource: those of their kind whose identity begins with this.
    public let prefix: @Sendable (_ identity: String) -> String
    /// The resource to which a member belongs: the walk leads to the one as far as to the other. Nil for the environment.
    public let owner: @Sendable (_ member: String) -> ResourceID?
    /// The members on the list, or nil where the answer is no such list.
    /// - Throws: `UnreadableAnswer` where it is one that cannot be read.
    public let find: @Sendable (Answer) throws(UnreadableAnswer) -> [Member]?
    /// By what a member is known to whatever leads to it; nil where all that is listed belongs to the resource.
    public let linkKeys: (@Sendable (Member) -> Set<LinkKey>)?

    /// One resource on the list.
    public struct Member: Sendable {
        public let identity: String
        public let content: JSON
        /// Volatile values worth keeping beside the content.
        public let readings: [String: JSON]

        public init(_ identity: String, _ content: JSON, readings: [String: JSON] = [:]) {
            self.identity = identity
            self.content = content
            self.readings = readings
        }
    }

    public init(
        prefix: @escaping @Sendable (_ identity: String) -> String,
        owner: @escaping @Sendable (_ member: String) -> ResourceID? = { _ in nil },
        find: @escaping @Sendable (Answer) throws(UnreadableAnswer) -> [Member]?,
        linkKeys: (@Sendable (Member) -> Set<LinkKey>)? = nil
    ) {
        self.prefix = prefix
        self.owner = owner
        self.find = find
        self.linkKeys = linkKeys
    }
}
