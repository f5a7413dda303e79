import ArgumentParser
import Tidemark
import TidemarkHistory
import TidemarkKinds

struct PolicyCommand: HistoryReader {
    static let configuration = CommandConfiguration(
        commandName: "policy", abstract: "Print the minimal IAM policy that lets 'record' see everything.",
        discussion: """
            With a history, the policy is limited to the buckets and repositories of the environment; without one, it covers \
            all of them.

            Exit status: 0 printed, 1 an error.
            """)

    @OptionGroup var history: HistoryOptions

    func run() throws {
        let known = try known()
        let policy = AccessPolicy(
            kinds: .all, known: known?.snapshot.descriptions ?? [:], partition: known?.partition ?? "aws")
        try Console.write(policy.json.pretty + "\n", in: .json)
    }

    /// The newest snapshot of the environment and its partition; nil if nothing was recorded yet.
    private func known() throws -> (snapshot: SnapshotView, partition: String)? {
        let project = try history.projectFile()
        let name = try history.name(in: project)
        let log: History
        do throws(Failure) {
            log = try history.openLog(history.location(in: project))
        } catch {
            guard error.code == .notFound, history.environment == nil, history.head == nil else { throw error }
            return nil
        }
        let isNew = try history.environment == nil && name.map { try !log.environments().contains($0) } ?? false
        guard !isNew || history.head != nil else { return nil }
        let environment = try log.environment(name)
        if let head = history.head { try log.verify(head, in: environment) }
        guard let head = try log.head(of: environment), head.snapshot != nil else { return nil }
        let snapshot = try log.snapshot(of: environment, at: .seq(head.header.seq))
        return (SnapshotView(snapshot, kinds: .all), head.binding.partition)
    }
}
