import GRDB
import Tidemark

extension Database {
    /// What a snapshot shows to have been deployed since the snapshot before.
    func observedRun(of environment: EnvironmentName, at seq: Seq, _ images: ImageIndex) throws -> ObservedRun {
        let row = try deployment(of: environment, upTo: seq, images)
        let since = try knownState(of: environment, before: seq).map { earlier in
            try RunningChange(
                from: running(in: environment, at: earlier, like: row?.set, images),
                to: running(in: environment, at: seq, like: row?.set, images))
        }
        let shown = row.flatMap { $0.seq == seq && $0.after != nil ? $0 : nil }
        return ObservedRun(
            deployment: try shown.map { try change(of: $0, in: environment, images) }, sinceSnapshot: since)
    }

    /// What a deployment changed.
    func change(
        of row: DeploymentReplay.Deployment, in environment: EnvironmentName, _ images: ImageIndex
    ) throws -> RunningChange {
        let before = try row.after == nil ? nil : deployment(of: environment, upTo: row.seq.previous, images)
        return try RunningChange(
            from: before.map { try resolved($0.set, in: environment) }, to: resolved(row.set, in: environment))
    }

    /// The images at an entry, with the version and the platform of a deployment.
    private func running(
        in environment: EnvironmentName, at seq: Seq, like set: RunningSet?, _ images: ImageIndex
    ) throws -> RunningSet {
        let found = RunningSet(
            version: set?.version, platform: set?.platform,
            images: try runningImages(of: images.kinds(from: .running), in: environment, at: seq))
        return try resolved(found, in: environment)
    }

    /// A set with the configs that are known of its images.
    func resolved(_ set: RunningSet, in environment: EnvironmentName) throws -> RunningSet {
        try set.resolved(by: manifests(of: Set(set.images.compactMap(\.image.digest)), in: environment))
    }
}
