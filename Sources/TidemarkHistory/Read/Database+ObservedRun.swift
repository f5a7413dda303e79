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
        guard let row, let shown = try observedRun(of: environment, beginningWith: row, at: seq, images) else {
            return ObservedRun(sinceSnapshot: since)
        }
        return ObservedRun(
            deployment: shown.deployment, isRecorded: shown.isRecorded, after: shown.after, sinceSnapshot: since)
    }

    private func observedRun(
        of environment: EnvironmentName, beginningWith row: DeploymentReplay.Deployment, at seq: Seq,
        _ images: ImageIndex
    ) throws -> ObservedRun? {
        guard row.seq == seq, let after = row.after else { return nil }
        let before = try deployment(of: environment, upTo: seq.previous, images)?.set
        let until = try deployment(of: environment, after: seq, images)?.after
        let bookings = try releases(of: environment, since: after.next, until: until?.next)
        let earlier = try snapshotEntry(at: ChainPosition(environment: environment, seq: after))
        return ObservedRun(
            deployment: try RunningChange(
                from: before.map { try resolved($0, in: environment) }, to: resolved(row.set, in: environment)),
            isRecorded: !bookings.isEmpty, after: DatedEntry(seq: after, at: earlier.seenAt))
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
        var manifests = ManifestIndex()
        manifests.add(try configs(of: Set(set.images.compactMap(\.image.digest)), in: environment))
        return set.resolved(by: manifests)
    }
}
