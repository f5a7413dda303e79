import ArgumentParser
import StrictJSON
import Tidemark
import TidemarkHistory
import TidemarkKinds

struct PolicyCommand: HistoryReader {
    static let configuration = CommandConfiguration(
        commandName: "policy",
        abstract:
            "Print the minimal IAM policy that lets 'record' see everything, and the policies of a history in a bucket.",
        discussion: """
            With a history, the policy is limited to the buckets and repositories of the environment; without one, it covers \
            all of them.

            With a history in a bucket there are five policies, which --part prints one by one: 'walk' lets an identity see \
            everything in AWS, 'recorder' lets it record into the bucket, 'reader' lets it read the history, 'doctor' lets it \
            read the bucket's settings, and 'bucket' is the policy of the bucket itself, which lets nobody replace or delete an \
            entry. Add its statements to those that the bucket has.

            Exit status: 0 printed, 1 an error.
            """)

    /// A policy that is printed.
    enum Part: String, ExpressibleByArgument, CaseIterable {
        case walk, recorder, reader, doctor, bucket
    }

    @Option(help: "The one policy to print: walk, recorder, reader, doctor or bucket. Default: all that there are.")
    var part: Part?

    @Flag(help: "Leave out the permissions for the manifests of images.")
    var noManifests = false

    @OptionGroup var history: HistoryOptions

    /// Whoever needs a policy may not be able to read the bucket yet.
    var requiresHistory: Bool { history.environment != nil || history.head != nil }
    var readsHistory: Bool { part == nil || part == .walk }

    func run() throws {
        let bucket = try history.location(in: history.projectFile()).bucket
        let policies = try bucket.map { try $0.policies }
        guard let policies else {
            guard part == nil || part == .walk else {
                throw Failure(
                    .invalid, "there is no policy for a history in a file", why: "nobody in AWS reads it",
                    remedy: "name a history in a bucket, or leave out --part")
            }
            return try write(walk())
        }
        switch part {
        case .walk: try write(walk())
        case .recorder: try write(policies.recorder)
        case .reader: try write(policies.reader)
        case .doctor: try write(policies.doctor)
        case .bucket: try write(policies.bucketPolicy)
        case nil:
            try write([
                "walk": walk(), "recorder": policies.recorder, "reader": policies.reader, "doctor": policies.doctor,
                "bucket": policies.bucketPolicy,
            ])
        }
    }

    private func write(_ policy: JSON) throws { try Console.write(policy.pretty + "\n", in: .json) }

    /// The policy of an identity that sees everything.
    private func walk() throws -> JSON {
        let known = try known()
        return AccessPolicy(
            kinds: try kinds(), known: known?.snapshot.descriptions ?? [:], partition: known?.partition ?? "aws"
        ).json
    }

    /// The kinds that 'record' asks for.
    private func kinds() throws -> KindRegistry {
        let project = try history.projectFile()
        let configured = try history.name(in: project).flatMap(project.project.environment)
        return noManifests || configured?.asksForManifests == false ? .all.without(KindRegistry.manifests) : .all
    }

    /// The newest snapshot of the environment and its partition; nil if nothing was recorded yet.
    private func known() throws -> (snapshot: SnapshotView, partition: String)? {
        let project = try history.projectFile()
        let name = try history.name(in: project)
        let log: History
        do throws(Failure) {
            log = try history.openLog(history.location(in: project))
        } catch {
            guard error.code == .notFound, !requiresHistory else { throw error }
            return nil
        }
        let environments = try log.environments()
        let isNew = history.environment == nil && (name.map { !environments.contains($0) } ?? environments.isEmpty)
        guard !isNew || history.head != nil else { return nil }
        let environment = try log.environment(name)
        if let head = history.head { try log.verify(head, in: environment) }
        guard let head = try log.head(of: environment), head.snapshot != nil else { return nil }
        let snapshot = try log.snapshot(of: environment, at: .seq(head.header.seq))
        return (SnapshotView(snapshot, kinds: .all), head.binding.partition)
    }
}
