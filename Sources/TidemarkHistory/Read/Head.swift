import GRDB
import Tidemark

/// The newest entry of a chain, and what is known by then.
public struct Head: Sendable {
    public let seq: Seq
    public let hash: ContentHash
    public let at: Timestamp
    public let binding: EnvironmentBinding
    /// The newest snapshot's entry, if there is one.
    let lastSnapshot: Entry?
    /// Each facet's content hash.
    let state: [FacetID: ContentHash]

    /// The newest snapshot, if there is one.
    public var snapshot: Seq? { lastSnapshot?.header.seq }
    /// By which version the newest snapshot read each kind's answers; nil where there is no snapshot.
    public func decoders() throws(Failure) -> [Kind: String]? { try lastSnapshot?.snapshotBody().decoders }
    /// The resources that exist as far as is known.
    public var resources: Set<ResourceID> { Set(state.keys.map(\.resource)) }
}

extension History {
    /// The head of an environment's chain, or nil if it has none.
    public func head(of environment: EnvironmentName) throws(Failure) -> Head? {
        try read { try $0.head(of: environment) }
    }
}

extension Database {
    func head(of environment: EnvironmentName) throws -> Head? {
        guard let entry = try last(of: environment) else { return nil }
        let end = entry.header.seq
        return Head(
            seq: end, hash: entry.hash, at: entry.header.at, binding: try newestBinding(of: environment),
            lastSnapshot: try newestSnapshot(of: environment, upTo: end),
            state: try state(of: environment, at: end))
    }

    /// The newest binding: one that SQLite's index has lost is noticed by the one who records, as another environment.
    private func newestBinding(of environment: EnvironmentName) throws -> EnvironmentBinding {
        let entry = try Row.fetchOne(
            cachedStatement(sql: Embedded.newestBinding), arguments: ["environment": environment.rawValue])?.entry()
        guard let entry, entry.header.environment == environment, entry.header.kind == .binding else {
            throw Failure.damaged("the history is damaged", why: "'\(environment)' has no binding")
        }
        return try entry.bindingBody()
    }
}
