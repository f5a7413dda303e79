import StrictJSON
import Tidemark

/// The end of a chain, growing by a link at a time.
struct Chain {
    let environment: EnvironmentName
    let actor: String
    let at: Timestamp
    private(set) var last: Seq?
    private(set) var lastHash: ContentHash?

    init(environment: EnvironmentName, actor: String, at: Timestamp, last: Seq?, lastHash: ContentHash?) {
        self.environment = environment
        self.actor = actor
        self.at = at
        self.last = last
        self.lastHash = lastHash
    }

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
