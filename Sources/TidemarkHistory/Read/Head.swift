import GRDB
import StrictJSON
import Tidemark

/// The newest entry of an environment's chain, with the state at that entry.
public struct Head: Sendable {
    /// The place of the entry in its chain.
    public let seq: Seq
    /// The hash of the entry.
    public let hash: ContentHash
    /// When the entry was appended.
    public let at: Timestamp
    /// The newest binding.
    public let binding: EnvironmentBinding
    let lastSnapshot: SnapshotEntry?
    /// The content hash of each facet that is not gone.
    let state: [FacetID: ContentHash]

    /// The newest snapshot, if there is one.
    public var snapshot: Seq? { lastSnapshot?.seq }
    /// The version of the decoder of each kind in the newest snapshot; nil if there is no snapshot.
    public var decoders: [Kind: String]? { lastSnapshot?.body.decoders }
    /// The resources that the state has.
    public var known: KnownResources {
        KnownResources(
            existing: Set(state.keys.filter { !$0.isDerived }.map(\.resource)),
            routine: resources(at: [true, false].map { Snapshot.reach($0, isRoutine: true) }),
            gone: resources(at: [Snapshot.tombstone(wasSeen: true)]),
            neverSeen: resources(at: [Snapshot.tombstone(wasSeen: false)]))
    }

    /// The resources whose facet `reach` has one of some contents.
    private func resources(at reaches: [JSON]) -> Set<ResourceID> {
        let hashes = reaches.map(ContentHash.init(of:))
        return Set(state.filter { $0.key.name == Snapshot.reach && hashes.contains($0.value) }.map(\.key.resource))
    }
}

extension History {
    /// The head of an environment's chain; nil if it has no entry.
    /// - Throws: `Failure` for a damaged history.
    public func head(of environment: EnvironmentName) throws(Failure) -> Head? {
        try read { try $0.head(of: environment) }
    }
}

extension Database {
    func head(of environment: EnvironmentName) throws -> Head? {
        guard let entry = try last(of: environment) else { return nil }
        return Head(
            seq: entry.header.seq, hash: entry.hash, at: entry.header.at, binding: try newestBinding(of: environment),
            lastSnapshot: try newestSnapshot(of: environment),
            state: try state(of: environment, at: entry.header.seq))
    }

    /// The newest binding. If SQLite's index has lost it, an older one is found, and the recorder is refused because it observes
    /// another environment.
    private func newestBinding(of environment: EnvironmentName) throws -> EnvironmentBinding {
        let entry = try Row.fetchOne(
            cachedStatement(sql: Embedded.newestBinding), arguments: ["environment": environment.rawValue])?.entry()
        guard let entry, entry.header.environment == environment, entry.header.kind == .binding else {
            throw Failure.damaged("the history is damaged", why: "'\(environment)' has no binding")
        }
        return try entry.bindingBody()
    }
}
