import StrictJSON
import Tidemark

/// The end of an environment's chain, to which entries are linked.
struct Chain {
    let environment: EnvironmentName
    let actor: String
    let at: Timestamp
    private var last: Seq?
    private var lastHash: ContentHash?

    init(environment: EnvironmentName, actor: String, at: Timestamp, last: Seq?, lastHash: ContentHash?) {
        self.environment = environment
        self.actor = actor
        self.at = at
        self.last = last
        self.lastHash = lastHash
    }

    /// A new entry after the last one; it becomes the last.
    mutating func link(_ kind: EntryKind, body: JSON) -> Entry {
        let text = body.canonical
        let header = Header(
            environment: environment, seq: last?.next ?? .first, at: at, kind: kind, actor: actor, previous: lastHash,
            body: ContentHash(of: text.utf8))
        let entry = Entry(header: header, bodyText: text)
        last = header.seq
        lastHash = entry.hash
        return entry
    }
}
