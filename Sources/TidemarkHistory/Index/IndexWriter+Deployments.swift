import GRDB
import StrictJSON
import Tidemark

extension IndexWriter {
    /// What runs before an entry that changes it; nil if it changes nothing of it.
    func replay(before header: Header, _ body: SnapshotBody) throws -> DeploymentReplay {
        let digests = try body.changes.filter { images[$0.facet.resource.kind]?.vantage == .running }.flatMap {
            change in
            try content(change).flatMap { images[change.facet.resource.kind]?.find(change.facet.resource.identity, $0) }
                ?? []
        }.compactMap(\.digest)
        return try database.deploymentReplay(of: header.environment, before: header.seq, images, further: Set(digests))
    }

    func add(_ indexed: IndexedChange, at seq: Seq, to replay: inout DeploymentReplay) throws {
        for change in indexed.body.changes where images.isOfRunningSet(change.facet) {
            replay.set(change.facet, to: try content(change))
        }
        let rows = replay.end(at: seq, isSettled: indexed.body.unsettled.isEmpty, isRestart: indexed.isRestart)
        for config in rows.configs {
            try database.run(
                Embedded.insertConfig,
                [
                    "environment": environment, "digest": config.digest, "platform": config.platform,
                    "config": config.config, "revision": config.revision, "seq": seq.rawValue,
                ])
        }
        guard let deployment = rows.deployment else { return }
        try database.run(
            Embedded.insertDeployment,
            [
                "environment": environment, "seq": seq.rawValue, "after": deployment.after?.rawValue,
                "version": deployment.set.version, "platform": deployment.set.platform,
            ])
    }
}
