import StrictJSON
import Tidemark

/// Resources that one answer lists completely, such as the tags of a repository. A known one that is not listed is gone.
///
/// A list may contain other environments' resources, such as all alarms of a region. Each then has link keys, and only
/// those with a key from another answer of the walk are recorded. A known one that is no longer linked is left, not gone.
public struct MembersDefinition: Sendable {
    /// The beginning of the identities of a resource's members.
    public let prefix: @Sendable (_ identity: String) -> String
    /// The resource to which a member belongs. The member is reached if that resource is. Nil for the environment.
    public let owner: @Sendable (_ member: String) -> ResourceID?
    /// The members on the list, or nil if the answer is not such a list.
    /// - Throws: `UnreadableAnswer` if the list cannot be read.
    public let find: @Sendable (Answer) throws(UnreadableAnswer) -> [Member]?
    /// The keys that other resources use to refer to a member. Nil if every listed member belongs to the resource.
    public let linkKeys: (@Sendable (Member) -> Set<LinkKey>)?

    /// One resource on the list.
    public struct Member: Sendable {
        /// The identity of the member.
        public let identity: String
        /// The description of the member, as AWS answers it.
        public let content: JSON
        /// Volatile values that are kept beside the content.
        public let readings: [String: JSON]

        /// Creates a member of a list.
        public init(_ identity: String, _ content: JSON, readings: [String: JSON] = [:]) {
            self.identity = identity
            self.content = content
            self.readings = readings
        }
    }

    /// Creates the definition of listed members.
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
