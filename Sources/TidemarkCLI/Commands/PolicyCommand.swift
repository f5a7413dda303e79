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
        let head = try head()
        let policy = AccessPolicy(
            known: head?.resources ?? [], partition: head?.binding.partition ?? "aws")
        try Console.write(policy.json.pretty + "\n")
    }

    /// What is known of the environment, if it was recorded already.
    private func head() throws -> Head? {
        let project = try history.project()
        let name = try history.name(in: project)
        let log: History
        do throws(Failure) {
            log = try History.open(readingAt: history.path(in: project))
        } catch {
            guard error.code == .notFound, history.environment == nil else { throw error }
            return nil
        }
        let isNew = try history.environment == nil && name.map { try !log.environments().contains($0) } ?? false
        return isNew ? nil : try log.head(of: log.environment(name))
    }
}
