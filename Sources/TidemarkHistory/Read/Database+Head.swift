import GRDB
import StrictJSON
import Tidemark

extension History {
    /// The end of an environment's chain, compared with the hash of what it shows; nil if it has no entry.
    /// - Throws: `Failure` for a damaged history.
    public func head(of environment: EnvironmentName) throws(Failure) -> ChainHead? {
        try read { try $0.head(of: environment, images) }
    }
}

extension Database {
    func head(of environment: EnvironmentName, _ images: ImageIndex) throws -> ChainHead? {
        guard let entry = try last(of: environment) else { return nil }
        let snapshot = try newestSnapshot(of: environment)
        let state = try snapshot.map { try currentState(of: environment, at: $0) }
        let bound = try binding(of: environment, from: entry)
        guard let log = try first(of: environment).header.log else {
            throw Failure.brokenChain(of: environment, at: entry.header.seq)
        }
        return ChainHead(
            header: entry.header, hash: entry.hash,
            move: entry.header.kind == .moved ? try entry.moveBody() : nil, log: log, binding: try bound.bindingBody(),
            bindingSeq: bound.header.seq,
            snapshot: snapshot?.seq, state: state?.state ?? ChainState(),
            root: state?.root ?? Root.hash(of: [:]), running: try running(in: environment, images))
    }

    /// The body of the entry that ends an environment's chain; nil if the chain is open.
    func move(of environment: EnvironmentName) throws -> Move? {
        try last(of: environment).flatMap { $0.header.kind == .moved ? try $0.moveBody() : nil }
    }

    /// The newest entry with a binding.
    ///
    /// Goes back from the newest entry to the newest snapshot, whose state has the hash of its binding.
    private func binding(of environment: EnvironmentName, from newest: Entry) throws -> Entry {
        var entry = newest
        while entry.header.kind != .binding {
            if entry.header.kind.showsState, let walk = try walk(of: environment, at: entry.header.seq) {
                return try self.entry(of: environment, at: walk.binding)
            }
            guard entry.header.seq > .first else { break }
            entry = try self.entry(of: environment, at: entry.header.seq.previous)
        }
        return entry
    }

    /// The images that run at the head, found in the descriptions there.
    private func running(
        in environment: EnvironmentName, _ images: ImageIndex
    ) throws -> [FacetID: [ImageReference]] {
        let rows = try Row.fetchCursor(
            cachedStatement(sql: Embedded.currentFacetsOfKinds),
            arguments: [
                "environment": environment.rawValue,
                "kinds": JSON(images.kinds(from: .running).map(\.rawValue)).canonical,
            ])
        var running: [FacetID: [ImageReference]] = [:]
        while let row = try rows.next() {
            guard row.facet.name == Snapshot.description else { continue }
            let resource = row.facet.resource
            running[row.facet] = try images[resource.kind]?.find(
                resource.identity, JSON(parsing: row.currentText()))
        }
        return running
    }
}
