import TidemarkKinds
import ArgumentParser
import Tidemark
import TidemarkHistory

struct PolicyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "policy", abstract: "Print the least IAM policy under which everything can be seen.",
        discussion: """
            Where there is a history, buckets and repositories are limited to those of the environment; else they are all \
            of them.

            Exit status: 0 printed, 1 an error.
            """)

    @OptionGroup var history: HistoryOptions

    func run() throws {
        let known = try known()
        let policy = AccessPolicy(
            kinds: .all, known: known?.snapshot.descriptions ?? [:], partition: known?.partition ?? "aws")
        try Console.write(policy.json.pretty + "\n", in: .json)
    }

    /// What is known of the environment, if it was recorded already.
    private func known() throws -> (snapshot: SnapshotView, partition: String)? {
        let project = try history.projectFile()
        let name = try history.name(in: project)
        let log: History
        do throws(Failure) {
            log = try history.openLog(history.path(in: project))
        } catch {
            guard error.code == .notFound, history.environment == nil, history.head == nil else { throw error }
            return nil
        }
        let isNew = try history.environment == nil && name.map { try !log.environments().contains($0) } ?? false
        guard !isNew || history.head != nil else { return nil }
        let environment = try log.environment(name)
        if let head = history.head { try log.verify(head, in: environment) }
        guard let head = try log.head(of: environment), head.snapshot != nil else { return nil }
        let snapshot = try log.snapshot(of: environment, at: .seq(head.seq))
        return (SnapshotView(snapshot, kinds: .all), head.binding.partition)
    }
}
